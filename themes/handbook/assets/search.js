// Search box of every page (the editable combobox of the ARIA Authoring Practices), and what the search page shares.
(() => {
  'use strict';

  // Either the box, or the page that has no other.
  const words = JSON.parse(document.querySelector('.search, .search-page').dataset.words);
  const plurals = new Intl.PluralRules(document.documentElement.lang);
  const say = (word, values) => {
    const text = word.other ? word[plurals.select(values.count)] || word.other : word;
    return text.replace(/\{(\w+)\}/g, (place, name) => values[name] ?? place);
  };

  const root = document.documentElement.dataset.root || './';

  // The engine is the larger part of our scripts, and most pages are read without a search: it comes when asked for.
  const { engine: engineFile } = document.currentScript.dataset;
  let loading;
  const engine = () => loading ||= new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = engineFile;
    script.onload = () => resolve(window.askbookSearch);
    script.onerror = () => {
      loading = undefined;
      reject(new Error(`cannot load ${engineFile}`));
    };
    document.head.append(script);
  });

  // Only here texts enter the page, as text nodes.
  const element = (name, attributes, ...children) => {
    const made = document.createElement(name);
    for (const key in attributes) made.setAttribute(key, attributes[key]);
    made.append(...children);
    return made;
  };
  const marked = pieces => pieces.map(piece => (piece.isMark ? element('mark', {}, piece.text) : piece.text));
  const excerptOf = ({ summary, excerpt }) => {
    const text = element('span', { class: 'search-excerpt' }, ...marked(summary));
    // Where its text cannot be loaded, the summary stays.
    excerpt().then(pieces => text.replaceChildren(...marked(pieces)), () => {});
    return text;
  };
  const typeOf = ({ kind }) => element('span', { class: 'search-type' }, words[kind] || kind);

  const summaryOf = (query, { total, unknown, misread }) => {
    if (total) {
      const without = unknown.length ? say(words.without, { words: unknown.map(({ text }) => text).join(words.or) }) : '';
      const read = misread.map(({ text, readAs }) => say(words.misread, { typed: text, words: readAs.slice(0, 3).join(words.or) }));
      return `${say(words.found, { count: total })}${without}${read.join('')}.`;
    }
    const { nearest } = unknown.find(word => word.nearest) || {};
    return `${say(words.nothing, { query })} ${nearest ? say(words.nearest, { word: nearest }) : words.hint}`;
  };

  // Asks a moment after the last key, and shows only the answer to the newest question.
  const asker = (place, show, tell = (query, answer) => (query ? summaryOf(query, answer) : '')) => {
    const status = place.querySelector('.search-status');
    let timer;
    return (text, options, delay) => {
      const query = text.trim();
      clearTimeout(timer);
      const mine = timer = setTimeout(async () => {
        let answer = { total: 0, results: [], facets: [], unknown: [], misread: [] };
        let message = '';
        const patience = setTimeout(() => { status.textContent = words.loading; }, 500);
        try {
          if (query || options.filters) answer = await (await engine()).search(text, options);
          message = tell(query, answer);
        } catch {
          message = words.failed;
        }
        clearTimeout(patience);
        if (mine !== timer) return;
        show(answer, query);
        status.textContent = message;
      }, delay);
    };
  };

  // Keys of an input method are its own; some browsers report the last of them only by this number.
  const isComposing = event => event.isComposing || event.keyCode === 229;

  const box = form => {
    const input = form.querySelector('input');
    const panel = form.querySelector('.search-panel');
    const list = panel.querySelector('[role=listbox]');
    let options = [];
    let active = -1;

    const activate = index => {
      active = index;
      options.forEach((option, at) => option.setAttribute('aria-selected', at === active));
      options[active]?.scrollIntoView({ block: 'nearest' });
      input.setAttribute('aria-activedescendant', options[active]?.id || '');
    };
    // The keyboard of a phone lies over the page, and only this view tells how much of it remains.
    const view = window.visualViewport;
    const fit = () => {
      if (panel.hidden || !view) return;
      const room = view.offsetTop + view.height - panel.getBoundingClientRect().top - 8;
      panel.style.setProperty('--room', `${Math.max(room, 160)}px`);
    };
    const open = isOpen => {
      panel.hidden = !isOpen;
      input.setAttribute('aria-expanded', isOpen);
      activate(-1);
      fit();
    };
    // The link itself is the option, so that it can be opened in a tab.
    const optionOf = (href, index, name, ...children) =>
      element('a', { id: `search-option-${index}`, class: name, role: 'option', tabindex: -1, href }, ...children);
    const resultOf = (found, index) => optionOf(root + found.route, index, 'search-result',
      element('span', { class: 'search-title' }, ...marked(found.title)), ' ', typeOf(found), ' ', excerptOf(found));
    const ask = asker(form, ({ results, total }, query) => {
      options = results.map(resultOf);
      if (total) {
        const all = say(words.all, { count: total, query });
        options.push(optionOf(`${root}search.html?${new URLSearchParams({ q: query })}`, total, 'search-all', all));
      }
      list.replaceChildren(...options.map(option => element('li', { role: 'none' }, option)));
      open(total > 0 && document.activeElement === input);
    });
    const askNow = () => ask(input.value, { limit: 8 }, 0);

    // Without this script it is no combobox.
    input.setAttribute('role', 'combobox');
    input.setAttribute('aria-controls', list.id);
    input.setAttribute('aria-autocomplete', 'list');
    open(false);
    input.addEventListener('input', () => ask(input.value, { limit: 8 }, 100));
    input.addEventListener('keydown', event => {
      const { key, altKey } = event;
      const isArrow = key === 'ArrowDown' || key === 'ArrowUp';
      if (isComposing(event) || event.ctrlKey || event.metaKey || (altKey && !isArrow)) return;
      const ends = options.length + 1;
      if (isArrow) {
        event.preventDefault();
        // A page that was gone back to has its words, but no list.
        if (ends < 2) return askNow();
        if (altKey) return open(key === 'ArrowDown');
        if (panel.hidden) open(true);
        // Beyond either end of the list lies the input.
        activate((active + (key === 'ArrowDown' ? 2 : ends)) % ends - 1);
      } else if (key === 'Enter' && active >= 0) {
        event.preventDefault();
        options[active].click();
      } else if (key === 'Escape') {
        event.preventDefault();
        if (!panel.hidden) return open(false);
        input.value = '';
        askNow();
      } else {
        // Home, End and every other key are those of a text field.
        activate(-1);
      }
    });
    // Pressing a result must not take the focus, or the list would close before the click.
    panel.addEventListener('mousedown', event => event.preventDefault());
    form.addEventListener('focusout', event => form.contains(event.relatedTarget) || open(false));
    ['resize', 'scroll'].forEach(change => view?.addEventListener(change, fit));
    return input;
  };

  // Where the keys lead: on its own page to the larger field.
  const inputs = [];
  const offer = input => {
    inputs.unshift(input);
    // A failure to load is told when someone asks.
    input.addEventListener('focus', () => engine().then(({ open }) => open()).catch(() => {}));
  };
  const header = document.querySelector('form.search');
  if (header) offer(box(header));
  document.addEventListener('keydown', event => {
    const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
    const isField = event.target.closest('input, textarea, select, [contenteditable]');
    const isWanted = ctrlKey || metaKey ? key.toLowerCase() === 'k' && !shiftKey
      : key === '/' && !isField && document.documentElement.dataset.keys !== 'off';
    if (inputs.length && isWanted && !altKey) {
      event.preventDefault();
      inputs[0].focus();
      inputs[0].select();
    }
  });

  window.askbookSearchParts = { asker, element, excerptOf, isComposing, marked, offer, root, say, summaryOf, typeOf };
})();
