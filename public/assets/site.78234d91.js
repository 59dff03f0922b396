// Adds what a page can do without: the theme switch, copy buttons, print buttons, the place in the contents.
(function () {
  "use strict";
  const root = document.documentElement;
  const dark = window.matchMedia("(prefers-color-scheme: dark)");

  // Storage is refused in private windows and, by some browsers, to pages opened from disk.
  function remembered() {
    try { return localStorage.getItem("theme"); } catch { return null; }
  }
  function remember(theme) {
    try { localStorage.setItem("theme", theme); } catch { /* the choice then lasts as long as the page */ }
  }
  function isDark() {
    return root.dataset.theme ? root.dataset.theme === "dark" : dark.matches;
  }

  // Runs before the first paint, so that no page flashes in the other theme.
  root.classList.add("js");
  const theme = remembered();
  if (theme === "dark" || theme === "light") root.dataset.theme = theme;

  function offerTheme(button) {
    const show = function () { button.setAttribute("aria-pressed", String(isDark())); };
    button.addEventListener("click", function () {
      root.dataset.theme = isDark() ? "light" : "dark";
      remember(root.dataset.theme);
      show();
    });
    dark.addEventListener("change", show);
    show();
  }

  function copied(text) {
    if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done ? Promise.resolve() : Promise.reject(new Error("refused"));
  }

  function offerCopy(pre) {
    const frame = document.createElement("div");
    const button = document.createElement("button");
    frame.className = "code-frame";
    button.className = "copy";
    button.type = "button";
    button.textContent = "Copy";
    pre.before(frame);
    frame.append(pre, button);
    button.addEventListener("click", function () {
      const say = function (word) {
        button.textContent = word;
        setTimeout(function () { button.textContent = "Copy"; }, 1500);
      };
      copied(pre.textContent).then(function () { say("Copied"); }, function () { say("Not copied"); });
    });
  }

  function followPlace(contents) {
    const links = new Map();
    for (const link of contents.querySelectorAll('a[href^="#"]')) {
      const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
      if (target) links.set(target, link);
    }
    const watch = new IntersectionObserver(function (changes) {
      const reached = changes.find(function (change) { return change.isIntersecting; });
      if (!reached) return;
      for (const [target, link] of links) {
        if (target === reached.target) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      }
    }, { rootMargin: "-10% 0px -75% 0px" });
    for (const target of links.keys()) watch.observe(target);
  }

  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll(".theme-toggle").forEach(offerTheme);
    document.querySelectorAll(".prose pre").forEach(offerCopy);
    document.querySelectorAll(".rail .contents").forEach(followPlace);
    document.querySelectorAll("[data-print]").forEach(function (button) {
      button.addEventListener("click", function () { window.print(); });
    });
    // The style sheet shows menus on a wide screen, open or not; this tells it to those who do not see it.
    const wide = window.matchMedia("(min-width: 62rem)");
    const showMenus = function () {
      for (const menu of document.querySelectorAll(".guide details, .facets details")) menu.open = wide.matches;
    };
    wide.addEventListener("change", showMenus);
    showMenus();
  });
})();
