// Reloads the page when the guide was built anew, and shows what is wrong when it could not be.
// Only `askbook serve` adds this script; a published guide never has it.
(() => {
  "use strict";
  const version = document.currentScript.dataset.version;
  const scrollKey = "askbook-scroll";
  const placeInPage = document.getElementById("askbook-problems");
  let overlay = null;
  let shown = null;
  let events = null;

  function makeOverlay() {
    const host = document.createElement("askbook-overlay");
    const root = host.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`
      dialog {
        box-sizing: border-box; width: min(60rem, 92vw); max-height: 85vh; overflow: auto;
        padding: 1.25rem; border: 1px solid; border-top: .4rem solid #c62828; border-radius: .4rem;
        color-scheme: light dark; background: light-dark(#fff, #1b1b1f); color: light-dark(#1b1b1f, #f2f2f4);
        font: 1rem/1.5 system-ui, sans-serif;
      }
      dialog::backdrop { background: rgb(0 0 0 / 55%); }
      h2 { margin: 0; font-size: 1.2rem; }
      pre { overflow-x: auto; font: .9rem/1.45 ui-monospace, monospace; }
      button { font: inherit; padding: .25rem 1rem; }
      @media print { dialog { display: none; } }
    `);
    root.adoptedStyleSheets = [sheet];
    const dialog = document.createElement("dialog");
    const heading = document.createElement("h2");
    heading.id = "heading";
    heading.textContent = "The guide could not be built";
    dialog.setAttribute("aria-labelledby", heading.id);
    const note = document.createElement("p");
    note.textContent = "Below is the last version that could. Save a correction and this page renews itself.";
    const problems = document.createElement("pre");
    problems.tabIndex = 0;
    const close = document.createElement("button");
    close.textContent = "Close (Esc)";
    close.addEventListener("click", () => dialog.close());
    dialog.append(heading, note, problems, close);
    root.append(dialog);
    document.body.append(host);
    return { dialog, problems };
  }

  function show(text) {
    // Once closed it stays closed until there is something new to say.
    if (text === shown) return;
    shown = text;
    if (placeInPage) {
      placeInPage.textContent = text ?? "";
      return;
    }
    if (text === null) {
      overlay?.dialog.close();
      return;
    }
    overlay ??= makeOverlay();
    overlay.problems.textContent = text;
    if (!overlay.dialog.open) overlay.dialog.showModal();
  }

  function reload() {
    events.close();
    sessionStorage.setItem(scrollKey, JSON.stringify({ page: location.pathname, x: scrollX, y: scrollY }));
    location.reload();
  }

  function restoreScroll() {
    const kept = JSON.parse(sessionStorage.getItem(scrollKey) ?? "null");
    sessionStorage.removeItem(scrollKey);
    if (kept?.page === location.pathname) scrollTo({ left: kept.x, top: kept.y, behavior: "instant" });
  }

  function connect() {
    events?.close();
    events = new EventSource("/__askbook/events");
    events.onmessage = (message) => {
      const state = JSON.parse(message.data);
      if (state.version !== version) reload();
      else show(state.problems);
    };
    events.onerror = () => {
      // The browser tries again by itself, unless it was told that there is no use.
      if (events.readyState === EventSource.CLOSED) setTimeout(connect, 1000);
    };
  }

  // A browser keeps six connections to a server, so a tab that nobody sees must not hold one.
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) events?.close();
    else connect();
  });
  addEventListener("load", restoreScroll);
  if (!document.hidden) connect();
})();
