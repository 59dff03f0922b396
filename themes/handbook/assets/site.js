// Adds what a page can do without: the theme switch, keys, copy and print buttons, the place in the contents.
(function () {
  "use strict";
  const root = document.documentElement;
  const words = JSON.parse(document.currentScript.dataset.words);
  const dark = window.matchMedia("(prefers-color-scheme: dark)");

  // Storage is refused in private windows and, by some browsers, to pages opened from disk.
  function remembered(name) {
    try { return localStorage.getItem(name); } catch { return null; }
  }
  function remember(name, value) {
    try { localStorage.setItem(name, value); } catch { /* the choice then lasts as long as the page */ }
  }
  function isDark() {
    return root.dataset.theme ? root.dataset.theme === "dark" : dark.matches;
  }

  // Runs before the first paint, so that no page flashes in the other theme.
  root.classList.add("js");
  // Scripts that listen to single keys look here: keys without Ctrl can be switched off (WCAG 2.1.4).
  root.dataset.keys = remembered("keys") || "on";
  const theme = remembered("theme");
  if (theme === "dark" || theme === "light") root.dataset.theme = theme;

  function offerTheme(button) {
    const show = function () { button.setAttribute("aria-pressed", String(isDark())); };
    button.addEventListener("click", function () {
      root.dataset.theme = isDark() ? "light" : "dark";
      remember("theme", root.dataset.theme);
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

  /** Copies what `text` returns when `button` is pressed, and says on `label` whether it did. */
  function copyOnPress(button, label, text) {
    const name = label.textContent;
    const say = function (word) {
      label.textContent = word;
      setTimeout(function () { label.textContent = name; }, 1500);
    };
    button.addEventListener("click", function () {
      copied(text()).then(function () { say(words.copied); }, function () { say(words.not_copied); });
    });
  }

  function offerCopy(pre) {
    const frame = document.createElement("div");
    const button = document.createElement("button");
    frame.className = "code-frame";
    button.className = "copy";
    button.type = "button";
    button.textContent = words.copy;
    pre.before(frame);
    frame.append(pre, button);
    copyOnPress(button, button, function () { return pre.textContent; });
  }

  // The prompt as text to paste: without the names of buttons that stand in it.
  function offerCopyOf(button) {
    const said = document.getElementById(button.dataset.copies);
    copyOnPress(button, button.querySelector("span"), function () {
      const copy = said.cloneNode(true);
      copy.querySelectorAll("button").forEach(function (it) { it.remove(); });
      return Array.from(copy.children, function (it) { return it.textContent.trim(); }).join("\n\n");
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

  function offerKeys(dialog) {
    const single = dialog.querySelector(".single-keys");
    single.checked = root.dataset.keys === "on";
    single.addEventListener("change", function () {
      root.dataset.keys = single.checked ? "on" : "off";
      remember("keys", root.dataset.keys);
    });
    document.querySelectorAll('[data-opens="' + dialog.id + '"]').forEach(function (button) {
      button.addEventListener("click", function () { dialog.showModal(); });
    });
    document.addEventListener("keydown", function (event) {
      if (root.dataset.keys === "off" || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (dialog.open || event.target.closest("input, textarea, select, [contenteditable]")) return;
      if (event.key === "?") dialog.showModal();
      const link = { n: 'a[rel="next"]', p: 'a[rel="prev"]', o: 'a[data-key="o"]' }[event.key];
      const target = link && document.querySelector(link);
      if (target) target.click();
    });
  }

  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll("dialog.keys").forEach(offerKeys);
    document.querySelectorAll("[data-copies]").forEach(offerCopyOf);
    document.querySelectorAll(".theme-toggle").forEach(offerTheme);
    document.querySelectorAll(".prose pre").forEach(offerCopy);
    document.querySelectorAll(".rail .contents").forEach(followPlace);
    document.querySelectorAll("[data-print]").forEach(function (button) {
      button.addEventListener("click", function () { window.print(); });
    });
    // The style sheet shows menus on a wide screen, open or not; this tells it to those who do not see it.
    const wide = window.matchMedia("(min-width: 62rem)");
    const showMenus = function () {
      for (const menu of document.querySelectorAll(".guide > details")) menu.open = wide.matches;
    };
    wide.addEventListener("change", showMenus);
    showMenus();
    // The list of pages begins at the page that is shown, not at its top.
    const list = document.querySelector(".guide > details");
    const here = list && list.querySelector("[aria-current]");
    if (here && wide.matches && here.offsetTop > list.clientHeight) list.scrollTop = here.offsetTop - list.clientHeight / 2;
  });
})();
