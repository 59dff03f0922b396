// Search page: facets with counts, the address that holds what was asked, and results with their facts.
(() => {
  'use strict';

  const { asker, element, excerptOf, isComposing, marked, offer, root, say, summaryOf, typeOf } = window.askbookSearchParts;
  const words = JSON.parse(document.currentScript.dataset.words);
  const STEP = 20;

  const place = document.querySelector('.search-page');
  const form = place.querySelector('form');
  const input = form.querySelector('input');
  const [facets, chips, nothing, list, more, start] =
    ['facets', 'chips', 'nothing', 'results', 'more', 'start'].map(it => place.querySelector(`.search-${it}`));
  const title = document.title;

  // What can be chosen, as the page lists it: by facet and id.
  const ticks = {};
  for (const tick of facets.querySelectorAll('input')) (ticks[tick.name] ||= {})[tick.value] = tick;
  const allTicks = Object.values(ticks).flatMap(Object.values);
  const nameOf = tick => tick.parentElement.querySelector('.search-value').textContent;
  const factOf = (facet, id) => (ticks[facet]?.[id] ? nameOf(ticks[facet][id]) : '');
  const chosen = () => allTicks.filter(tick => tick.checked);
  const filtersOf = () => {
    const filters = {};
    for (const name in ticks) filters[name] = Object.values(ticks[name]).filter(tick => tick.checked).map(tick => tick.value);
    return filters;
  };

  const showCounts = columns => {
    for (const { name, values } of columns) {
      for (const { value, count } of values) {
        const tick = ticks[name]?.[value];
        if (!tick) continue;
        tick.disabled = !count && !tick.checked;
        tick.parentElement.querySelector('.search-count').textContent = count;
      }
    }
  };

  const choose = (tick, isChosen) => {
    tick.checked = isChosen;
    if (isChosen) tick.closest('details').open = true;
  };
  const chipOf = tick => {
    const chip = element('button', { type: 'button', class: 'search-chip', 'aria-label': say(words.remove, { name: nameOf(tick) }) },
      nameOf(tick), ' ', element('span', { 'aria-hidden': true }, '×'));
    chip.addEventListener('click', () => {
      const at = [...chips.children].indexOf(chip.parentElement);
      choose(tick, false);
      change('pushState', 0);
      // The focus may not be lost with what it was on.
      (chips.children[Math.min(at, chips.children.length - 1)]?.firstChild || input).focus();
    });
    return chip;
  };
  const clearButton = () => {
    const button = element('button', { type: 'button', class: 'search-clear' }, words.clear);
    button.addEventListener('click', () => {
      for (const tick of chosen()) choose(tick, false);
      change('pushState', 0);
      input.focus();
    });
    return button;
  };
  const showChips = () => {
    const all = chosen();
    const buttons = [...all.map(chipOf), ...(all.length > 1 ? [clearButton()] : [])];
    chips.replaceChildren(...buttons.map(button => element('li', {}, button)));
  };

  const factsOf = ({ facts }) => [
    ...(facts.kind || []).map(id => factOf('kind', id)),
    (facts.level || []).map(id => factOf('level', id)).filter(Boolean).join(', '),
    ...(facts.duration || []).map(minutes => say(words.minutes, { minutes })),
    ...(facts.topic || []).slice(0, 1).map(id => factOf('topic', id)),
  ].filter(Boolean);
  const resultOf = found => element('li', { class: 'search-result' },
    element('p', { class: 'search-facts' }, typeOf(found), ...factsOf(found).map(fact => ` · ${fact}`)),
    element('h2', {}, element('a', { class: 'search-title', href: root + found.route }, ...marked(found.title))),
    excerptOf(found));

  // A link that asks something else on this page.
  const linkOf = (query, ...children) => {
    const link = element('a', { href: `?${new URLSearchParams({ q: query })}` }, ...children);
    link.addEventListener('click', event => follow(event, query));
    return link;
  };
  const follow = (event, query) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    input.value = query;
    readFields();
    change('pushState', 0);
    input.focus();
  };
  const adviceOn = (query, { unfiltered, unknown }) => {
    if (unfiltered || !query) {
      const without = unfiltered ? ` ${say(words.unfiltered, { count: unfiltered })} ` : ' ';
      return [element('p', {}, without, clearButton())];
    }
    const near = unknown.filter(word => word.nearest);
    const better = near.reduce((text, { text: word, nearest }) => text.replace(new RegExp(word.replace(/\W/g, '\\$&'), 'i'), nearest), query);
    return [
      ...(near.length ? [element('p', {}, words.nearest, ' ', linkOf(better, better), '?')] : []),
      element('ul', {}, ...[words.fewer, words.another, words.code].map(advice => element('li', {}, advice))),
    ];
  };

  const sayOf = (query, answer) => {
    if (answer.total) return summaryOf(query, answer);
    if (!query && !chosen().length) return '';
    return answer.unfiltered || !query ? words.filtered : say(words.nothing, { query });
  };

  let limit = STEP;
  let focused = -1;
  const ask = asker(place, (answer, query) => {
    const { total, results } = answer;
    const isAsked = query || chosen().length;
    showCounts(answer.facets);
    list.replaceChildren(...results.map(resultOf));
    more.hidden = results.length >= total;
    start.hidden = isAsked;
    nothing.hidden = !isAsked || total > 0;
    nothing.replaceChildren(...(nothing.hidden ? [] : adviceOn(query, answer)));
    list.children[focused]?.querySelector('a').focus();
    focused = -1;
  }, sayOf);

  const run = delay => {
    const query = input.value.trim();
    document.title = query ? `${query} · ${title}` : title;
    showChips();
    ask(input.value, { limit, filters: filtersOf() }, delay);
  };

  // `level:senior` ticks what is meant, if that is one value; everything else stays a word.
  const plain = text => text.toLowerCase().replace(/[\s_-]+/g, ' ');
  const valueOf = (facet, text) => {
    const wanted = plain(text);
    const named = isMeant => Object.values(ticks[facet] || {}).filter(tick => [tick.value, nameOf(tick)].map(plain).some(isMeant));
    const same = named(name => name === wanted);
    const alike = same.length ? same : named(name => name.startsWith(wanted));
    return alike.length === 1 ? alike[0] : undefined;
  };
  const readFields = () => {
    input.value = input.value.replace(/(^|\s)(\p{L}+):("[^"]+"|[^\s:"]+)(?=\s|$)/gu, (all, space, facet, text) => {
      const tick = valueOf(facet.toLowerCase(), text.replace(/"/g, ''));
      if (tick) choose(tick, true);
      return tick ? space : all;
    }).replace(/\s{2,}/g, ' ').trimStart();
  };

  const addressOf = () => {
    const query = new URLSearchParams(input.value.trim() ? { q: input.value.trim() } : {});
    for (const tick of chosen()) query.append(tick.name, tick.value);
    return query;
  };
  const write = method => {
    const query = addressOf();
    try {
      history[method]({ limit }, '', `?${query}`);
    } catch {
      // Some browsers refuse this on file://.
      location.replace(`#${query || 'q='}`);
    }
  };
  const read = () => {
    const now = new URLSearchParams(/^#.*=/.test(location.hash) ? location.hash.slice(1) : location.search);
    input.value = now.get('q') || '';
    for (const name in ticks) {
      const values = now.getAll(name);
      for (const tick of Object.values(ticks[name])) choose(tick, values.includes(tick.value));
    }
    limit = history.state?.limit || STEP;
    const asked = input.value;
    readFields();
    if (input.value !== asked) write('replaceState');
    run(0);
  };
  const change = (method, delay) => {
    limit = STEP;
    write(method);
    run(delay);
  };

  // Browsers refuse addresses that change with every key.
  let typing;
  input.addEventListener('input', event => {
    clearTimeout(typing);
    typing = setTimeout(() => write('replaceState'), 150);
    limit = STEP;
    const isDone = /\s$/.test(input.value) && input.selectionEnd === input.value.length;
    if (isDone && !isComposing(event)) readFields();
    run(100);
  });
  list.addEventListener('click', () => write('replaceState'));
  form.addEventListener('submit', event => {
    event.preventDefault();
    clearTimeout(typing);
    readFields();
    change('replaceState', 0);
  });
  facets.addEventListener('change', () => change('pushState', 0));
  more.addEventListener('click', () => {
    focused = limit;
    limit += STEP;
    write('replaceState');
    run(0);
  });
  for (const example of start.querySelectorAll('a')) {
    example.addEventListener('click', event => follow(event, new URL(example.href).searchParams.get('q')));
  }
  window.addEventListener('popstate', read);

  // The style sheet shows the facets on a wide screen, open or not; this tells it to those who do not see it.
  const wide = window.matchMedia('(min-width: 62rem)');
  const showFacets = () => { facets.open = wide.matches; };
  wide.addEventListener('change', showFacets);
  showFacets();
  offer(input);
  read();
})();
