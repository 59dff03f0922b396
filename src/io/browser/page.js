// What we ask of a page before it is printed. It runs in the page, with print media.
(() => {
  "use strict";
  const UNITS = { px: 1, pt: 4 / 3, in: 96, cm: 96 / 2.54, mm: 96 / 25.4 };
  const pixels = length => parseFloat(length) * (UNITS[length.replace(/[-\d.]+/, "")] ?? 1);

  // Waits until all that is drawn is there: a style sheet that a script chose loads after the page.
  async function settle() {
    const sheets = [...document.querySelectorAll('link[rel~="stylesheet"]')].filter(it => !it.disabled && !it.sheet);
    await Promise.all(sheets.map(it => new Promise(done => { it.onload = it.onerror = done; })));
    // A font that only paper needs would be asked for when it is too late.
    await Promise.all([...document.fonts].map(it => it.load().catch(() => {})));
    await Promise.all([...document.images].map(it => it.decode().catch(() => {})));
  }

  // The rules that hold, those for some media among them.
  const holding = rules => [...rules].flatMap(it => {
    if (!(it instanceof CSSMediaRule)) return [it];
    return matchMedia(it.conditionText).matches ? holding(it.cssRules) : [];
  });

  // The area within the margins, in pixels. The view has to be as large as the paper.
  function area(paper) {
    const rules = [...document.styleSheets]
      .filter(it => !it.disabled && matchMedia(it.media.mediaText || "all").matches)
      .flatMap(it => holding(it.cssRules))
      .filter(it => it instanceof CSSPageRule && !it.selectorText);
    const margin = side => pixels(rules.map(it => it.style["margin" + side]).findLast(it => it) ?? "0.4in");
    return {
      width: paper.width - margin("Left") - margin("Right"),
      height: paper.height - margin("Top") - margin("Bottom"),
    };
  }

  // Texts for those who cannot see are clipped to nothing.
  const isSeen = it => it.checkVisibility({ visibilityProperty: true }) && it.clientWidth > 1;

  // A heading, or the beginning of the text.
  function nameOf(it) {
    const heading = it.querySelector("h1, h2, h3, h4, .again") ?? it;
    const text = heading.textContent.replace(/\s+/g, " ").trim();
    return text.length > 60 ? text.slice(0, 59) + "…" : text;
  }

  // What is a hair too long here may just fit on paper, whose lines are not rounded to pixels.
  function leastOf(it, side) {
    it.style.height = "auto";
    const { height } = it.getBoundingClientRect();
    it.style.removeProperty("height");
    return Math.max(1, Math.ceil((height - 8) / side));
  }

  // Sheets are what is made to be as high as a side of paper: as it stands, or rounded up to whole sides.
  function sheets() {
    const side = innerHeight - 1;
    const high = [...document.body.querySelectorAll("*")]
      .filter(it => parseFloat(getComputedStyle(it).minHeight) >= side - 2 && isSeen(it));
    return high.filter(it => !high.some(other => other !== it && it.contains(other))).map(it => {
      const height = it.getBoundingClientRect().height;
      const sides = Math.max(1, Math.floor((height + 2) / side));
      return { name: nameOf(it), least: leastOf(it, side), sides, height, excess: Math.max(0, height - sides * side) };
    });
  }

  // Text that is wider than its place is cut off: on paper nobody can scroll.
  function wide() {
    return [...document.body.querySelectorAll("*")]
      .filter(it => isSeen(it) && it.textContent.trim() && it.scrollWidth > it.clientWidth + 1)
      // The innermost is to blame.
      .filter((it, _, all) => !all.some(other => other !== it && it.contains(other)))
      .map(it => ({ name: nameOf(it), excess: it.scrollWidth - it.clientWidth }));
  }

  // The page has to be as wide and high as the area. Browsers take whole pixels, paper does not.
  function measure(area) {
    const root = document.documentElement;
    root.style.width = area.width + "px";
    const found = { sheets: sheets(), wide: wide() };
    found.flows = root.scrollHeight - found.sheets.reduce((sum, it) => sum + it.height, 0) > 24;
    root.style.removeProperty("width");
    return found;
  }

  return { settle, area, measure };
})()
