// Search box of every page (the editable combobox of the ARIA Authoring Practices) and search page.
(() => {
  'use strict';

  const root = document.documentElement.dataset.root || './';
  const FAILED = 'Search cannot load its index. Reload the page; if it came in a zip file, unpack all of it first.';

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
  const partsOf = ({ title, kind, summary, excerpt }, name, attributes) => {
    const text = element('span', { class: 'search-excerpt' }, ...marked(summary));
    // Where its text cannot be loaded, the summary stays.
    excerpt().then(pieces => text.replaceChildren(...marked(pieces)), () => {});
    return [
      element(name, { ...attributes, class: 'search-title' }, ...marked(title)), ' ',
      element('span', { class: 'search-kind' }, kind), ' ', text,
    ];
  };

  const summaryOf = (query, { total, unknown }) => {
    if (!total) return `Nothing found for “${query}”. Check the spelling, or try fewer or other words.`;
    const without = unknown.length ? `, none with “${unknown.join('” or “')}”` : '';
    return `${total} ${total === 1 ? 'result' : 'results'}${without}.`;
  };

  // Asks a moment after the last key, and shows only the answer to the newest question.
  const asker = (place, show) => {
    const status = place.querySelector('.search-status');
    let timer;
    return (text, options, delay) => {
      const query = text.trim();
      clearTimeout(timer);
      const mine = timer = setTimeout(async () => {
        let answer = { total: 0, results: [], facets: [] };
        let message = '';
        try {
          if (query) message = summaryOf(query, answer = await (await engine()).search(text, options));
        } catch {
          message = FAILED;
        }
        if (mine !== timer) return;
        show(answer);
        status.textContent = message;
      }, delay);
    };
  };

  const box = form => {
    const input = form.querySelector('input');
    const panel = form.querySelector('.search-panel');
    const list = panel.firstElementChild;
    let options = [];
    let active = -1;

    const activate = index => {
      active = index;
      options.forEach((option, at) => option.setAttribute('aria-selected', at === active));
      options[active]?.scrollIntoView({ block: 'nearest' });
      input.setAttribute('aria-activedescendant', options[active]?.id || '');
    };
    const open = isOpen => {
      panel.hidden = !isOpen;
      input.setAttribute('aria-expanded', isOpen);
      activate(-1);
    };
    // The link itself is the option, so that it can be opened in a tab.
    const optionOf = (found, index) => element('a', {
      id: `search-option-${index}`, class: 'search-result', role: 'option', tabindex: -1, href: root + found.route,
    }, ...partsOf(found, 'span'));
    const ask = asker(form, ({ results }) => {
      options = results.map(optionOf);
      list.replaceChildren(...options.map(option => element('li', { role: 'none' }, option)));
      open(results.length > 0 && document.activeElement === input);
    });

    // Without this script it is no combobox.
    input.setAttribute('role', 'combobox');
    input.setAttribute('aria-controls', list.id);
    input.setAttribute('aria-autocomplete', 'list');
    open(false);
    input.addEventListener('input', () => ask(input.value, { limit: 8 }, 100));
    input.addEventListener('keydown', event => {
      // Keys of an input method are its own.
      if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
      const { key } = event;
      const ends = options.length + 1;
      if (ends > 1 && (key === 'ArrowDown' || key === 'ArrowUp')) {
        event.preventDefault();
        if (panel.hidden) open(true);
        // Beyond either end of the list lies the input.
        activate((active + (key === 'ArrowDown' ? 2 : ends)) % ends - 1);
      } else if (key === 'Enter' && active >= 0) {
        event.preventDefault();
        options[active].click();
      } else if (key === 'Escape') {
        event.preventDefault();
        if (panel.hidden) ask(input.value = '', {}, 0);
        else open(false);
      } else {
        activate(-1);
      }
    });
    // Pressing a result must not take the focus, or the list would close before the click.
    panel.addEventListener('mousedown', event => event.preventDefault());
    form.addEventListener('focusout', event => form.contains(event.relatedTarget) || open(false));
    return input;
  };

  // Browsers may refuse storage.
  const memory = () => {
    try {
      return localStorage;
    } catch {
      return {};
    }
  };

  const page = place => {
    const STEP = 20;
    const NAMES = { topic: 'Topic', level: 'Level', kind: 'Kind' };
    const form = place.querySelector('form');
    const input = form.querySelector('input');
    const [facets, list, more, slash] = ['facets', 'results', 'more', 'slash'].map(it => place.querySelector(`.search-${it}`));
    const choices = {};
    let filters, limit;

    // Made once, so that the last choice keeps the focus.
    const choiceOf = (name, value) => choices[`${name} ${value}`] ||= (() => {
      const tick = element('input', { type: 'checkbox' });
      const number = element('span', { class: 'search-count' });
      tick.addEventListener('change', () => {
        filters[name] = filters[name].filter(it => it !== value).concat(tick.checked ? value : []);
        change('pushState', 0);
      });
      return { tick, number, label: element('label', {}, tick, ` ${value} `, number) };
    })();
    const facetOf = ({ name, values }) => {
      const labels = values.map(({ value, count }) => {
        const { tick, number, label } = choiceOf(name, value);
        tick.checked = filters[name].includes(value);
        tick.disabled = !count && !tick.checked;
        number.textContent = count;
        return label;
      });
      if (!labels[0].isConnected) facets.append(element('fieldset', {}, element('legend', {}, NAMES[name]), ...labels));
    };
    const ask = asker(place, ({ total, results, facets: columns }) => {
      columns.filter(({ name }) => NAMES[name]).forEach(facetOf);
      facets.hidden = !total && !columns.length;
      more.hidden = results.length >= total;
      list.replaceChildren(...results.map(found =>
        element('li', { class: 'search-result' }, ...partsOf(found, 'a', { href: root + found.route }))));
    });

    const run = (newLimit, delay) => {
      limit = newLimit;
      ask(input.value, { limit, filters }, delay);
    };
    const read = () => {
      const now = new URLSearchParams(/\bq=/.test(location.hash) ? location.hash.slice(1) : location.search);
      input.value = now.get('q') || '';
      filters = {};
      for (const name in NAMES) filters[name] = now.getAll(name);
      run(STEP, 0);
    };
    const change = (method, delay) => {
      const now = new URLSearchParams({ q: input.value });
      for (const name in filters) filters[name].forEach(value => now.append(name, value));
      try {
        history[method](null, '', `?${now}`);
      } catch {
        // Some browsers refuse this on file://.
        location.replace(`#${now}`);
      }
      run(STEP, delay);
    };
    input.addEventListener('input', () => change('replaceState', 100));
    form.addEventListener('submit', event => {
      event.preventDefault();
      change('replaceState', 0);
    });
    more.addEventListener('click', () => run(limit + STEP, 0));
    window.addEventListener('popstate', read);
    slash.checked = !memory().askbookSlash;
    slash.addEventListener('change', () => { memory().askbookSlash = slash.checked ? '' : 'off'; });
    read();
    return input;
  };

  const header = document.querySelector('form.search');
  const place = document.querySelector('.search-page');
  const inputs = [place && page(place), header && box(header)].filter(Boolean);
  // A failure to load is told when someone asks.
  inputs.forEach(input => input.addEventListener('focus', () => engine().then(({ open }) => open()).catch(() => {})));
  document.addEventListener('keydown', event => {
    const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
    const isField = event.target.closest('input, textarea, select, [contenteditable]');
    // A shortcut without Ctrl can be switched off on the search page (WCAG 2.1.4).
    const isWanted = ctrlKey || metaKey ? key.toLowerCase() === 'k' && !shiftKey
      : key === '/' && !isField && !memory().askbookSlash;
    if (inputs.length && isWanted && !altKey) {
      event.preventDefault();
      inputs[0].focus();
      inputs[0].select();
    }
  });
})();
