// Lists of questions: narrows down, sorts, and shows as a table or as cards the rows that the page came with.
// The controls hold the state; the address and the rows follow them.
(() => {
  'use strict';

  const place = document.querySelector('.browse');
  if (!place) return;
  const said = JSON.parse(document.currentScript.dataset.words);
  const find = selector => place.querySelector(selector);
  const findAll = selector => [...place.querySelectorAll(selector)];
  const element = (name, attributes, ...children) => {
    const made = document.createElement(name);
    for (const key in attributes) made.setAttribute(key, attributes[key]);
    made.append(...children);
    return made;
  };
  const plurals = new Intl.PluralRules(document.documentElement.lang);
  const say = (word, values = {}) => {
    const text = typeof word === 'string' ? word : word[plurals.select(values.count)] ?? word.other;
    return text.replace(/\{([a-z_]+)\}/g, (here, name) => values[name] ?? here);
  };

  const [words, sort, status, chosen, nothing, results] =
    ['[name=q]', '[name=sort]', '[role=status]', '.chosen', '.nothing', '.results'].map(find);
  const [menu, summary, done] = ['.narrow details', '.narrow summary', '.done button'].map(find);
  const views = findAll('[name=view]');
  const viewOf = () => views.find(it => it.checked).value;

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
    facet.named = new Map(facet.options.map(option => [option.value, option]));
    return facet;
  };
  const facets = findAll('[data-facet]').map(facetOf);
  const options = facets.flatMap(it => it.options);
  find('.narrow').setAttribute('role', 'search');

  const rows = findAll('tbody > tr').map((row, at) => {
    const [head, , , , minutes, reviewed] = row.cells;
    return {
      row, at, head, minutes: Number(minutes.firstElementChild.textContent), reviewed: reviewed.textContent, home: row.parentNode,
      // Of each facet, the options that this question has.
      has: facets.map(({ name, named }) => row.dataset[name].split(' ').map(value => named.get(value)).filter(Boolean)),
      isFound: true,
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

  // Hides what is not meant, and counts. Counts of a facet leave its own choice out: they tell what another choice in
  // it would give. All rows are gone through, so nothing is allocated for one: there may be ten thousand.
  const isOn = option => option.isOn;
  const narrow = () => {
    const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const option of options) {
      option.isOn = option.tick.checked;
      option.count = 0;
    }
    const narrowing = facets.map(facet => facet.options.some(isOn));
    const tally = option => { option.count += 1; };
    for (const it of rows) {
      const { has } = it;
      let misses = 0;
      let missed;
      if (wanted.length && !wanted.every(word => textOf(it).includes(word))) misses = 2;
      for (let at = 0; at < has.length && misses < 2; at += 1) {
        if (narrowing[at] && !has[at].some(isOn)) {
          misses += 1;
          missed = has[at];
        }
      }
      if (!misses) for (const values of has) values.forEach(tally);
      else if (misses === 1) missed.forEach(tally);
      if (it.isFound === !misses) continue;
      it.isFound = !misses;
      it.row.hidden = !it.isFound;
    }
  };

  let order = 'order';
  const arrange = () => {
    if (order === sort.value) return;
    order = sort.value;
    const compared = ORDERS[order];
    const name = order.replace('-', '');
    const sorted = [...rows].sort((a, b) => compared(a, b) || a.at - b.at);
    for (const home of new Set(rows.map(it => it.home))) {
      home.replaceChildren(...sorted.filter(it => it.home === home).map(it => it.row));
    }
    results.dataset.sort = name;
    for (const header of findAll('th[data-sort]')) {
      if (header.dataset.sort !== name) header.removeAttribute('aria-sort');
      else header.setAttribute('aria-sort', order === name ? 'ascending' : 'descending');
    }
  };

  const chipOf = (choice, undo) => {
    const button = element('button', { type: 'button', 'aria-label': say(said.remove, { choice }) }, choice);
    button.addEventListener('click', () => {
      const at = [...chosen.children].indexOf(button.parentNode);
      undo();
      change('pushState');
      (chosen.children[Math.min(at, chosen.children.length - 1)]?.firstChild || status).focus();
    });
    return element('li', {}, button);
  };

  // Tells everywhere what is chosen and what was found.
  const tell = focused => {
    const found = rows.filter(it => it.isFound);
    const homes = new Set(found.map(it => it.home));
    for (const table of findAll('table')) (table.closest('section') || table).hidden = !homes.has(table.tBodies[0]);
    for (const { tick, number, count } of options) {
      number.textContent = count;
      // One that has the focus would lose it.
      tick.disabled = !count && !tick.checked && tick !== focused;
    }

    const asked = words.value.trim();
    const ticked = options.filter(({ tick }) => tick.checked);
    const chips = ticked.map(({ facet, title, tick }) => chipOf(say(said.choice, { facet: facet.title, value: title }), () => { tick.checked = false; }));
    if (asked) chips.push(chipOf(say(said.words, { words: asked }), () => { words.value = ''; }));
    chosen.replaceChildren(...chips);
    chosen.hidden = find('.found .clear').hidden = !chips.length;
    const badge = summary.firstElementChild;
    badge.hidden = !ticked.length;
    badge.textContent = say(said.chosen, { count: ticked.length });

    const questions = say(said.questions, { count: rows.length });
    const minutes = say(said.minutes, { count: found.reduce((sum, it) => sum + it.minutes, 0) });
    const told = say(found.length < rows.length ? said.some : said.all, { count: found.length, questions, minutes });
    if (status.textContent !== told) status.textContent = told;
    done.textContent = say(said.show, { questions: say(said.questions, { count: found.length }) });
    nothing.hidden = found.length > 0;
    const remedy = ticked.length ? said.fewer : said.fewer_words;
    nothing.querySelector('p > span').textContent = asked ? remedy : said.fewer_choices;
    nothing.querySelector('a').search = asked ? `?${new URLSearchParams({ q: asked })}` : '';
  };

  const show = () => {
    const focused = document.activeElement;
    narrow();
    arrange();
    tell(focused);
    results.dataset.view = viewOf();
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
    const view = viewOf();
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
  const resort = () => {
    arrange();
    write('pushState');
  };
  sort.addEventListener('change', resort);
  for (const it of views) {
    it.addEventListener('change', () => {
      memory.askbookView = results.dataset.view = it.value;
      write('pushState');
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
      resort();
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
