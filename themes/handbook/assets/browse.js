// Lists of questions: narrows down, sorts, and shows as a table or as cards the rows that the page came with.
// The controls hold the state; the address and the rows follow them.
(() => {
  'use strict';

  const place = document.querySelector('.browse');
  if (!place) return;
  const find = selector => place.querySelector(selector);
  const findAll = selector => [...place.querySelectorAll(selector)];
  const element = (name, attributes, ...children) => {
    const made = document.createElement(name);
    for (const key in attributes) made.setAttribute(key, attributes[key]);
    made.append(...children);
    return made;
  };
  const some = (count, one, more) => `${count} ${count === 1 ? one : more}`;

  const [words, sort, status, chosen, nothing, results] =
    ['[name=q]', '[name=sort]', '[role=status]', '.chosen', '.nothing', '.results'].map(find);
  const [menu, summary, done] = ['.narrow details', '.narrow summary', '.done button'].map(find);
  const views = findAll('[name=view]');

  // Browsers may refuse storage.
  const memory = (() => {
    try {
      return localStorage;
    } catch {
      return {};
    }
  })();
  const usual = memory.askbookView === 'cards' ? 'cards' : 'table';

  // A choice takes the place of each link, and is as high as it.
  const optionOf = (item, facet) => {
    const [name, number] = item.children;
    const tick = element('input', { type: 'checkbox', autocomplete: 'off' });
    const option = { facet, tick, number, title: name.textContent, value: item.dataset.value };
    item.replaceChildren(element('label', {}, tick, element('span', {}, option.title), number));
    tick.addEventListener('change', () => change('pushState'));
    return option;
  };
  const facetOf = section => {
    const heading = section.querySelector('h2');
    const facet = { name: section.dataset.facet, title: heading.textContent };
    section.setAttribute('role', 'group');
    section.setAttribute('aria-labelledby', heading.id);
    facet.options = [...section.querySelectorAll('li')].map(item => optionOf(item, facet));
    return facet;
  };
  const facets = findAll('[data-facet]').map(facetOf);
  const options = facets.flatMap(it => it.options);
  find('.narrow').setAttribute('role', 'search');

  const rows = findAll('tbody > tr').map((row, at) => {
    const [head, , , , minutes, reviewed] = row.cells;
    return {
      row, at, head, minutes: parseInt(minutes.textContent, 10), reviewed: reviewed.textContent, home: row.parentNode,
      // Of each facet, the options that this question has.
      has: facets.map(({ name, options }) => {
        const values = row.dataset[name].split(' ');
        return options.filter(({ value }) => values.includes(value));
      }),
    };
  });
  // Reading all texts takes time that most visits need not spend.
  const titleOf = it => it.title ??= it.head.firstElementChild.textContent;
  const textOf = it => it.text ??= it.head.textContent.toLowerCase();

  const { compare } = new Intl.Collator(document.documentElement.lang, { numeric: true });
  const ORDERS = {
    order: () => 0,
    title: (a, b) => compare(titleOf(a), titleOf(b)),
    minutes: (a, b) => a.minutes - b.minutes,
    '-minutes': (a, b) => b.minutes - a.minutes,
    reviewed: (a, b) => (a.reviewed < b.reviewed) - (a.reviewed > b.reviewed),
  };

  // Counts of a facet leave its own choice out: they tell what another choice in it would give.
  const count = () => {
    const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
    const narrowing = facets.map(({ options }) => options.some(({ tick }) => tick.checked));
    for (const option of options) option.count = 0;
    for (const it of rows) {
      const text = wanted.length && textOf(it);
      const missed = it.has.flatMap((has, at) => (narrowing[at] && !has.some(({ tick }) => tick.checked) ? at : []));
      const isMeant = wanted.every(word => text.includes(word));
      it.isFound = isMeant && !missed.length;
      if (!isMeant || missed.length > 1) continue;
      const counted = missed.length ? [it.has[missed[0]]] : it.has;
      for (const has of counted) for (const option of has) option.count += 1;
    }
    return rows.filter(it => it.isFound);
  };

  const reorder = () => {
    const now = ORDERS[sort.value];
    const name = sort.value.replace('-', '');
    for (const { row, home } of [...rows].sort((a, b) => now(a, b) || a.at - b.at)) home.append(row);
    results.dataset.sort = name;
    for (const header of findAll('th[data-sort]')) {
      if (header.dataset.sort !== name) header.removeAttribute('aria-sort');
      else header.setAttribute('aria-sort', sort.value === name ? 'ascending' : 'descending');
    }
  };

  const chipOf = (kind, title, undo) => {
    const button = element('button', { type: 'button' }, element('span', { class: 'visually-hidden' }, 'Remove '),
      element('small', {}, `${kind}: `), title);
    button.addEventListener('click', () => {
      const at = [...chosen.children].indexOf(button.parentNode);
      undo();
      change('pushState');
      (chosen.children[Math.min(at, chosen.children.length - 1)]?.firstChild || status).focus();
    });
    return element('li', {}, button);
  };

  let order = 'order';
  const show = () => {
    const focused = document.activeElement;
    const found = count();
    for (const { row, isFound } of rows) if (row.hidden === isFound) row.hidden = !isFound;
    if (order !== sort.value) {
      reorder();
      order = sort.value;
    }
    for (const section of results.querySelectorAll('table')) {
      (section.closest('section') || section).hidden = !section.querySelector('tbody > :not([hidden])');
    }
    for (const { tick, number, count } of options) {
      number.textContent = count;
      // One that has the focus would lose it.
      tick.disabled = !count && !tick.checked && tick !== focused;
    }

    const asked = words.value.trim();
    const ticked = options.filter(({ tick }) => tick.checked);
    const chips = ticked.map(({ facet, title, tick }) => chipOf(facet.title, title, () => { tick.checked = false; }));
    if (asked) chips.push(chipOf('Words', `“${asked}”`, () => { words.value = ''; }));
    chosen.replaceChildren(...chips);
    chosen.hidden = find('.found .clear').hidden = !chips.length;
    const badge = summary.firstElementChild;
    badge.hidden = !ticked.length;
    badge.textContent = `${ticked.length} chosen`;

    const minutes = found.reduce((sum, it) => sum + it.minutes, 0);
    const all = some(rows.length, 'question', 'questions');
    const told = `${found.length === rows.length ? all : `${found.length} of ${all}`}, ${some(minutes, 'minute', 'minutes')}`;
    if (status.textContent !== told) status.textContent = told;
    done.textContent = `Show ${some(found.length, 'question', 'questions')}`;
    nothing.hidden = found.length > 0;
    const remedy = ['Take a choice away', 'Use fewer or other words', 'Use fewer or other words, or take a choice away'];
    nothing.querySelector('p > span').textContent = `${remedy[(asked ? 1 : 0) + (asked && ticked.length ? 1 : 0)]}.`;
    nothing.querySelector('a').search = asked ? `?${new URLSearchParams({ q: asked })}` : '';

    const view = views.find(it => it.checked).value;
    if (results.dataset.view !== view) results.dataset.view = view;
    // What had the focus may be in a row that has moved or gone.
    if (!results.contains(focused)) return;
    if (!focused.checkVisibility()) status.focus();
    else if (document.activeElement !== focused) focused.focus();
  };

  // Where history is refused, as browsers do on file://, the state stands behind the hash.
  const read = () => {
    const hash = location.hash.slice(1);
    const now = new URLSearchParams(hash.includes('=') ? hash : location.search);
    for (const { facet, tick, value } of options) tick.checked = now.getAll(facet.name).includes(value);
    words.value = now.get('q') || '';
    sort.value = now.get('sort') in ORDERS ? now.get('sort') : 'order';
    const view = now.get('view') || usual;
    for (const it of views) it.checked = it.value === (view === 'cards' ? view : 'table');
    show();
  };
  let written;
  const write = method => {
    const now = new URLSearchParams();
    for (const { facet, tick, value } of options) if (tick.checked) now.append(facet.name, value);
    if (words.value.trim()) now.append('q', words.value.trim());
    if (sort.value !== 'order') now.append('sort', sort.value);
    const view = views.find(it => it.checked).value;
    if (view !== usual || view !== 'table') now.append('view', view);
    try {
      history[method](null, '', `${location.pathname}${now.size ? '?' : ''}${now}`);
    } catch {
      // An empty hash would scroll to the top.
      written = `#${now.size ? now : `view=${view}`}`;
      if (method === 'pushState') location.hash = written;
      else location.replace(written);
    }
  };
  const change = method => {
    show();
    write(method);
  };

  // Typing tells the address after a pause, because browsers refuse a hundred changes in a row.
  let pause;
  words.addEventListener('input', () => {
    clearTimeout(pause);
    show();
    pause = setTimeout(write, 300, 'replaceState');
  });
  sort.addEventListener('change', () => change('pushState'));
  for (const it of views) {
    it.addEventListener('change', () => {
      memory.askbookView = it.value;
      change('pushState');
    });
  }
  for (const button of findAll('.clear')) {
    button.addEventListener('click', () => {
      for (const { tick } of options) tick.checked = false;
      words.value = '';
      change('pushState');
      status.focus();
    });
  }
  // A header sorts up, then down where that is offered, then puts back the reading order.
  for (const header of findAll('th[data-sort]')) {
    const name = header.dataset.sort;
    const turns = [name, `-${name}`, 'order'].filter(it => it in ORDERS);
    const button = element('button', { type: 'button' }, header.textContent);
    button.addEventListener('click', () => {
      sort.value = turns[(turns.indexOf(sort.value) + 1) % turns.length];
      change('pushState');
    });
    header.replaceChildren(button);
  }
  done.addEventListener('click', () => {
    menu.open = false;
    status.focus();
  });
  window.addEventListener('popstate', () => {
    if (location.hash && !location.hash.includes('=')) return;
    if (!written || location.hash !== written) read();
    written = undefined;
  });

  // The style sheet shows the facets beside the list on a wide screen, open or not; this tells it to those who do not see it.
  const wide = window.matchMedia('(min-width: 75rem)');
  const follow = () => { menu.open = wide.matches; };
  wide.addEventListener('change', follow);
  follow();
  read();
})();
