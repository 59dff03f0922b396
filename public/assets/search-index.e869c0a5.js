// Search engine: loads the index below `search/`, finds and ranks documents. The index is classic scripts
// that call `askbookSearch.…`, because a page on file:// may not fetch.
(() => {
  'use strict';

  let core, coreFile, facets, vocabulary, shards, names, texts, files;
  let entry = 'index.js';
  const forget = () => {
    core = undefined;
    vocabulary = [];
    shards = [];
    names = [];
    texts = [];
    files = {};
  };
  forget();

  const load = name => files[name] ||= new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = `${document.documentElement.dataset.root || './'}search/${name}`;
    script.onload = resolve;
    script.onerror = () => {
      delete files[name];
      reject(new Error(`cannot load ${name}`));
    };
    document.head.append(script);
  });
  const open = async () => {
    await load(entry);
    if (!core) await load(coreFile);
    if (core.format !== 2) throw new Error(`unknown format ${core.format}`);
  };
  // What has no file came with the entry.
  const loadNamed = name => core.files[name] && load(core.files[name]);
  const loadNumbered = (kind, numbers) => core.files[kind] && Promise.all(numbers.map(number =>
    load(`${kind}-${number}.${core.files[kind].slice(number * 8, number * 8 + 8)}.js`)));

  // Reads number after number: five bits a sign, from `#` on without the backslash.
  const numbersOf = text => {
    let at = 0;
    return () => {
      for (let number = 0, shift = 0; ; shift += 5) {
        const code = text.charCodeAt(at++);
        const bits = code - (code > 92 ? 36 : 35);
        number |= (bits & 31) << shift;
        if (!(bits > 31)) return number;
      }
    };
  };
  const termsOf = text => {
    let term = '';
    return text ? text.split(' ').map(it => (term = term.slice(0, parseInt(it[0], 36)) + it.slice(1))) : [];
  };

  // Words and signs are as in `src/site/search/tokens.rs`; shared vectors test both.
  const WORD = '[\\p{Alphabetic}\\p{N}_]';
  const CJK = '[\\u3005-\\u30ff\\u3400-\\u9fff\\uac00-\\ud7af\\uf900-\\ufaff\\u{20000}-\\u{3ffff}]';
  const RUNS = new RegExp(`(?:(?=${CJK})${WORD})+|(?:(?!${CJK})${WORD})+`, 'gu');
  const IS_CJK = new RegExp(`^${CJK}`, 'u');
  const IS_WORD = new RegExp(`^${WORD}+$`, 'u');

  // Extra words help to find a text, but add nothing to a query.
  const wordsOf = text => {
    const words = [];
    let place = 0;
    for (const [run] of text.normalize('NFKC').matchAll(RUNS)) {
      if (IS_CJK.test(run)) {
        [...run].forEach((first, at, all) => {
          const second = all[at + 1] || '';
          words.push({ text: first + second, place: place++, isExtra: at > 0 && !second, isCjk: true });
        });
        continue;
      }
      const whole = run.replace(/_/g, '').toLowerCase();
      if (whole) {
        const parts = run.replace(/(\P{Uppercase})(\p{Uppercase})/gu, '$1_$2')
          .replace(/(\p{Uppercase})(\p{Uppercase}\p{Lowercase})/gu, '$1_$2').split('_').filter(Boolean);
        words.push({ text: whole, place });
        for (const part of parts.length > 1 ? parts : []) {
          if (part.length > 1) words.push({ text: part.toLowerCase(), place, isExtra: true });
        }
      }
      place++;
    }
    return words;
  };

  // Code as it stands, and without the punctuation around it.
  const signsOf = text => {
    const sign = text.normalize('NFKC').replace(/\s/g, '').toLowerCase();
    const bare = sign.replace(/^[`"([{“«]+|[`")\]}”»,;.:?!]+$/g, '');
    if (IS_WORD.test(bare) && !sign.includes('!')) return [];
    return [...new Set([sign, bare])].filter(Boolean);
  };

  // A clause for each word and sign of a query.
  const clausesOf = query => {
    const clauses = [];
    const chunks = query.split(/\s+/).filter(Boolean);
    let start = 0;
    chunks.forEach((chunk, index) => {
      const words = wordsOf(chunk);
      const asked = words.filter(word => !word.isExtra);
      const sign = { texts: signsOf(chunk), isSign: true, isRequired: !words.length, isPrefix: words.length > 0 };
      if (sign.texts.length) clauses.push(sign);
      const isTyping = index === chunks.length - 1 && !/[\s)>;]$/.test(query);
      asked.forEach((word, at) => {
        const isLetter = word.text.length === 1;
        clauses.push({
          texts: [word.text],
          place: start + word.place,
          isRequired: !isLetter || !sign.texts.length,
          isPrefix: word.isCjk ? isLetter : isTyping && !isLetter && at === asked.length - 1,
          // The word of `'a` or `&str` counts only where the sign is unknown.
          sign: /^[&']/.test(chunk) && asked.length === 1 && sign,
        });
      });
      start += words.length && words[words.length - 1].place + 1;
    });
    // `Box<dyn Error>` is filed without its space.
    const whole = chunks.length > 1 ? signsOf(query) : [];
    if (whole.length) clauses.push({ texts: whole, isSign: true });

    const isCommon = ({ isSign, texts: [text] }) => !isSign && core.common.includes(text);
    if (!clauses.some(clause => clause.isRequired && !isCommon(clause))) return clauses;
    for (const clause of clauses) clause.isRequired &&= !isCommon(clause);
    return clauses.filter(({ isSign, texts: [text] }) => isSign || !core.skipped.includes(text));
  };

  const shardOf = term => {
    let number = core.firsts.length - 1;
    while (number > 0 && core.firsts[number] > term) number--;
    return number;
  };
  const shardsOf = prefix => {
    const first = shardOf(prefix);
    // Short beginnings have too many endings to load all.
    const more = core.firsts.slice(first + 1, first + 4);
    return [first, ...more.filter(it => it.startsWith(prefix)).map((_, at) => first + 1 + at)];
  };
  const termsIn = (number, isWanted) => shards[number].terms.flatMap((term, at) =>
    (isWanted(term) ? { term, number, group: shards[number].groups[at] } : []));
  const exact = text => termsIn(shardOf(text), term => term === text);

  // Gives each clause the terms that answer it, and how well.
  const match = async clauses => {
    await loadNumbered('terms', clauses.flatMap(({ texts: all, isPrefix }) => all.flatMap(isPrefix ? shardsOf : shardOf)));
    for (const clause of clauses) {
      const { texts: all, isSign, isPrefix } = clause;
      clause.matches = all.flatMap(exact).map(it => ({ ...it, weight: isSign ? 1.5 : 1 }));
      const best = isSign ? 1.2 : clause.matches.length ? 0.35 : 0.8;
      const [text] = all;
      const goesOn = term => term !== text && term.startsWith(text) && (isSign || IS_WORD.test(term));
      const longer = isPrefix ? shardsOf(text).flatMap(number => termsIn(number, goesOn)) : [];
      for (const it of longer.slice(0, 200)) {
        clause.matches.push({ ...it, weight: best * (0.4 + 0.6 * text.length / it.term.length), isLonger: true });
      }
      if (clause.sign) clause.sign.isRequired = clause.sign.matches.length > 0;
    }
    return clauses.filter(({ sign }) => !sign?.isRequired);
  };

  // Letters added, left out, replaced, or swapped with the next (optimal string alignment).
  const distance = (a, b) => {
    const rows = [Array.from({ length: b.length + 1 }, (_, at) => at)];
    for (let i = 1; i <= a.length; i++) {
      rows[i] = [i];
      for (let j = 1; j <= b.length; j++) {
        const isSame = a[i - 1] === b[j - 1];
        rows[i][j] = Math.min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + !isSame);
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
          rows[i][j] = Math.min(rows[i][j], rows[i - 2][j - 2] + 1);
        }
      }
    }
    return rows[a.length][b.length];
  };

  // What forms of an English word have in common: `accommod` of `accommodate` and `accommodations`.
  const ENDING = /(?:(?:at|is|iz)?(?:e[srd]?|ers|ing?s?|ions?|ors?|able|ive)|i?ness|ments?|al|ance|ence|it(?:y|ies)|ly|l?y|ie[sd]|s)$/;
  const stemOf = word => {
    const stem = word.replace(ENDING, '');
    return (stem.length < 4 ? word : stem).replace(/(.)\1$/, '$1').replace(/[iy]$/, '');
  };

  // A word to propose for one that is too far from all we know to be taken for it.
  const nearestTo = (text, numbers) => {
    let [nearest, least] = ['', text.length / 2];
    for (const word of numbers.flatMap(number => shards[number].terms).concat(vocabulary)) {
      if (!IS_WORD.test(word) || Math.abs(word.length - text.length) >= least) continue;
      const slips = distance(text, word);
      if (slips < least) [nearest, least] = [word, slips];
    }
    return nearest;
  };

  // For words that nobody wrote: other forms of them, and typos, which are looked for among the words that
  // begin alike and, for a slip in the first letters, among the most frequent ones.
  const guess = async clauses => {
    if (!clauses.length) return;
    const near = ({ texts: [text] }) => [...new Set([...shardsOf(stemOf(text)), ...shardsOf(text.slice(0, 2))])];
    await Promise.all([loadNamed('vocabulary'), loadNumbered('terms', clauses.flatMap(near))]);
    for (const clause of clauses) {
      const { texts: [text], isPrefix } = clause;
      const most = text.length < 8 ? 1 : 2;
      const slips = new Map();
      for (const word of near(clause).flatMap(number => shards[number].terms).concat(vocabulary)) {
        const more = word.length - text.length;
        if (Math.abs(more) <= most && distance(text, word) <= most) slips.set(word, distance(text, word));
        else if (isPrefix && more > 0 && distance(text, word.slice(0, text.length)) < 2) slips.set(word, 1.5);
      }
      const best = [...slips].filter(([word]) => IS_WORD.test(word)).sort((a, b) => a[1] - b[1]).slice(0, 12);
      await loadNumbered('terms', best.map(([word]) => shardOf(word)));
      const stem = stemOf(text);
      const related = near(clause).flatMap(number => termsIn(number, term => stemOf(term) === stem));
      clause.matches = related.map(it => ({ ...it, weight: 0.5 }));
      if (!related.length && best.length) clause.readAs = best.filter(it => it[1] === best[0][1]).map(([word]) => word);
      if (!related.length && !best.length) clause.nearest = nearestTo(text, near(clause));
      for (const [word, slip] of best) {
        clause.matches.push(...exact(word).map(it => ({ ...it, weight: 0.8 * 0.6 ** (slip - best[0][1]) })));
      }
    }
  };

  // How well each document answers a clause, and where in its title and aliases.
  const answersTo = clause => {
    const answers = new Map();
    for (const { number, group, weight } of clause.matches) {
      const next = numbersOf(shards[number].postings[group]);
      let document = 0;
      for (let left = next(); left > 0; left--) {
        const posting = next();
        document += posting >>> 5;
        const value = weight * (posting >> 1 & 15) / 15;
        const answer = answers.get(document);
        const places = answer?.places || [];
        for (let count = posting & 1 && next(), place = 0; count > 0; count--) places.push(place += next());
        if (!answer) answers.set(document, { value, places });
        else if (answer.value < value) answer.value = value;
      }
    }
    return answers;
  };

  // Documents with all that is required, then those with half of what is known of it.
  const rank = clauses => {
    const required = clauses.filter(clause => clause.isRequired && (clause.matches.length || !clause.isSign));
    const known = required.filter(clause => clause.matches.length).length;
    const words = clauses.filter(clause => !clause.isSign);
    const sums = new Map();
    let rarities = 0;
    for (const clause of clauses) {
      const answers = answersTo(clause);
      const isRequired = required.includes(clause);
      const rarity = Math.log(1 + (core.documents - answers.size + 0.5) / (answers.size + 0.5));
      if (answers.size) rarities += rarity;
      for (const [document, { value, places }] of answers) {
        let sum = sums.get(document);
        if (!sum) sums.set(document, sum = { score: 0, covered: 0, titled: 0, shifts: {} });
        sum.score += value * rarity;
        if (isRequired) sum.covered++;
        if (!places.length) continue;
        if (places.some(place => place < core.titleLengths[document])) sum.titled += rarity;
        if (clause.isSign) continue;
        // Words that are shifted alike stand together in the title as in the query.
        for (const place of new Set(places)) {
          const shift = place - clause.place;
          sum.shifts[shift] = (sum.shifts[shift] || 0) + 1;
        }
      }
    }
    const ranked = [];
    for (const [document, { score, covered, titled, shifts }] of sums) {
      if (covered * 2 < known) continue;
      const inAll = required.length ? covered / required.length : 1;
      const ofTitle = Math.min(1, words.length / (core.titleLengths[document] || 1));
      const phrase = (Math.max(1, ...Object.values(shifts)) - 1) / (words.length || 1);
      const bonus = 1.2 * titled / rarities * (0.4 + 0.6 * ofTitle) + phrase;
      ranked.push({ document, isFull: inAll === 1, score: score * inAll * inAll * (1 + bonus) });
    }
    return ranked.sort((a, b) => b.isFull - a.isFull || b.score - a.score || a.document - b.document);
  };

  // What a document has of each facet.
  const factsOf = document => Object.fromEntries(Object.entries(facets).map(([name, { has }]) => [name, has[document]]));
  const passes = (document, choices) =>
    choices.every(([name, values]) => values.some(value => facets[name]?.has[document].includes(value)));

  // How many results each value would leave, whatever else of its facet is chosen.
  const countsOf = (ranked, choices) => Object.entries(facets).map(([name, { values, has }]) => {
    const others = choices.filter(([it]) => it !== name);
    const counts = new Map();
    for (const { document } of ranked) {
      if (!passes(document, others)) continue;
      for (const value of has[document]) counts.set(value, (counts.get(value) || 0) + 1);
    }
    return { name, values: values.map(value => ({ value, count: counts.get(value) || 0 })) };
  });

  const marksOf = clauses => {
    const words = new Set();
    const telling = clauses.filter(clause => clause.isRequired && !clause.isSign);
    for (const { term, number, group, isLonger } of telling.flatMap(clause => clause.matches)) {
      words.add(term);
      const { terms, groups } = shards[number];
      if (!isLonger) terms.forEach((form, at) => groups[at] === group && words.add(form));
    }
    return { words, signs: clauses.flatMap(({ isSign, texts: all }) => (isSign || IS_CJK.test(all[0]) ? all : [])) };
  };
  const marksIn = (text, { words, signs }) => {
    const marked = [];
    const mark = (from, to) => { for (let at = from; at < to; at++) marked[at] = true; };
    for (const { 0: run, index } of text.matchAll(RUNS)) {
      if (wordsOf(run).some(word => !word.isCjk && words.has(word.text))) mark(index, index + run.length);
    }
    const lower = text.toLowerCase();
    for (const sign of signs) {
      for (let at = -1; (at = lower.indexOf(sign, at + 1)) >= 0;) {
        // One sign after a word is punctuation: "Why?".
        if (sign.length > 1 || IS_WORD.test(sign) || !IS_WORD.test(text[at - 1] || '')) mark(at, at + sign.length);
      }
    }
    return marked;
  };

  // The stretch of `text` with the most marks, in pieces that are marked or not.
  const piecesOf = (text, marks, length) => {
    const marked = marksIn(text, marks);
    const starts = [...marked.keys()].filter(at => marked[at] && !marked[at - 1]);
    let [from, most, first] = [0, 0, 0];
    starts.forEach((end, at) => {
      while (end - starts[first] > length - 60) first++;
      if (at - first >= most) [from, most] = [starts[first], at - first + 1];
    });
    from = Math.max(0, Math.min(from - 40, text.length - length));
    let to = Math.min(from + length, text.length);
    if (from) from += text.slice(from, from + 20).indexOf(' ') + 1;
    if (to < text.length) to = Math.max(to - 20, text.lastIndexOf(' ', to));
    const pieces = from ? [{ text: '… ' }] : [];
    for (let at = from, last; at < to; at++) {
      if (!last || last.isMark !== marked[at]) pieces.push(last = { text: '', isMark: marked[at] });
      last.text += text[at];
    }
    if (to < text.length) pieces.push({ text: ' …' });
    return { most, pieces };
  };
  // Documents share a file: each is found by the number of the file and its place there.
  const fileOf = (document, kind) => Math.floor(document / core.batches[kind]);
  const find = (lists, kind, document) => lists[fileOf(document, kind)][document % core.batches[kind]];
  const loadOf = (kind, documents) => loadNumbered(kind, documents.map(document => fileOf(document, kind)));

  const resultOf = (document, marks, isFiltered) => {
    const [route, title, kind, summary] = find(names, 'names', document);
    const inSummary = piecesOf(summary, marks, 180);
    return {
      route,
      kind,
      title: piecesOf(title, marks, title.length).pieces,
      summary: inSummary.pieces,
      facts: isFiltered ? factsOf(document) : {},
      // Texts are much longer than names, so they come when the result is already shown.
      excerpt: async () => {
        await loadOf('texts', [document]);
        const inBody = piecesOf(find(texts, 'texts', document), marks, 180);
        return summary && inSummary.most >= inBody.most ? inSummary.pieces : inBody.pieces;
      },
    };
  };

  const answer = async (query, { limit = 10, filters }) => {
    await open();
    const clauses = await match(clausesOf(query));
    const isUnknown = clause => !clause.isSign && !clause.matches.length;
    await guess(clauses.filter(clause => isUnknown(clause) && clause.texts[0].length > 3));
    if (filters) await loadNamed('facets');
    const choices = Object.entries(filters || {}).filter(([, values]) => values.length);
    // Without words a choice of facets shows all that it leaves, and counts tell what there is to choose.
    const isOpen = !query.trim() && filters;
    const all = isOpen ? Array.from({ length: core.documents }, (_, document) => ({ document })) : rank(clauses);
    const ranked = isOpen && !choices.length ? [] : all.filter(({ document }) => passes(document, choices));
    const shown = ranked.slice(0, limit).map(({ document }) => document);
    await loadOf('names', shown);
    const marks = marksOf(clauses);
    const unknown = clauses.filter(clause => clause.isRequired && isUnknown(clause));
    return {
      total: ranked.length,
      unfiltered: isOpen ? 0 : all.length,
      results: shown.map(document => resultOf(document, marks, filters)),
      facets: filters ? countsOf(all, choices) : [],
      unknown: unknown.map(({ texts: [text], nearest = '' }) => ({ text, nearest })),
      misread: clauses.flatMap(({ texts: [text], readAs }) => (readAs ? { text, readAs } : [])),
    };
  };

  window.askbookSearch = {
    open,
    wordsOf,
    signsOf,
    // Titles and summaries are lists of { text, isMark }, and so is what `excerpt()` promises. Where `filters` are
    // given, facets are counted and results tell their `facts`. `unknown` words are in no document; those that were
    // taken for slips are `misread`.
    search: (query, options = {}) => answer(query, options).catch(error => {
      // A cached index.js may name files that a newer build has replaced: start afresh, once.
      if (entry !== 'index.js') throw error;
      forget();
      entry = `index.js?${Date.now()}`;
      return answer(query, options);
    }),

    // The files of the index call these.
    start(name) { coreFile = name; },
    core(data) {
      const { firsts = [''] } = data.files;
      const titleLengths = Array.from({ length: data.documents }, numbersOf(data.titleLengths));
      core = { ...data, firsts, titleLengths };
    },
    terms(number, coded, groups, postings) {
      const terms = termsOf(coded);
      shards[number] = { terms, groups: terms.map(numbersOf(groups)), postings: postings.split(' ') };
    },
    names(number, documents) { names[number] = documents; },
    texts(number, documents) { texts[number] = documents; },
    vocabulary(coded) { vocabulary = termsOf(coded); },
    facets(columns) {
      facets = {};
      for (const [name, { values, documents }] of Object.entries(columns)) {
        const next = numbersOf(documents);
        const valuesOfOne = () => Array.from({ length: next() }, () => values[next()]);
        facets[name] = { values, has: Array.from({ length: core.documents }, valuesOfOne) };
      }
    },
  };
})();
