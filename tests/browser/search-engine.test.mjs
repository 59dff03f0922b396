// The search engine of the pages, without a browser: it loads the index that the Rust tests hold up to date.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { own, pageOf, read } from './engine.mjs';

const WHOLE = JSON.parse(read('tests/vectors/search-whole.json'));
const DIVIDED = JSON.parse(read('tests/vectors/search-shards.json'));

const routesOf = async (engine, query, options) =>
  own((await engine.search(query, options)).results.map(({ route }) => route.replace(/^.*\/|\.html$/g, '')));
const textOf = pieces => pieces.map(({ text }) => text).join('');
const marksOf = pieces => own(pieces.filter(({ isMark }) => isMark).map(({ text }) => text));

const FIRST = {
  'Arc<Mutex<T>>': 'shared-tally',
  'arc<mut': 'shared-tally',
  '`Arc<Mutex<T>>`': 'shared-tally',
  '?': 'missing-file',
  "'a": 'longer-slice',
  "'static": 'longer-slice',
  'E0382': 'moved-string',
  'e0382': 'moved-string',
  '&str': 'longer-slice',
  'println!': 'moved-string',
  '::': 'shared-tally',
  'C++': 'senior-systems',
  'Box<dyn Error>': 'missing-file',
  'mut': 'shared-tally',
  'poiso': 'poisoned',
  'Poisoned locks': 'poisoned',
  'use after move': 'moved-string',
  'rwlock': 'poisoned',
  'RwLock': 'poisoned',
  'server': 'poisoned',
  'into_inner': 'poisoned',
  'intoInner': 'poisoned',
  'intervewer': 'common-mistakes',
  'itnerviewers': 'common-mistakes',
  'contnetoin': 'shared-tally',
  'locking': 'poisoned',
  '所有': 'ownership-ja',
  '所有権': 'ownership-ja',
  '型': 'ownership-ja',
  'ｐｏｉｓｏｎｅｄ': 'poisoned',
  'what are the common mistakes': 'common-mistakes',
};

for (const [form, files] of [['one file', WHOLE], ['many files', DIVIDED]]) {
  test(`the wanted document is first (${form})`, async () => {
    const { engine } = pageOf(files);
    for (const [query, wanted] of Object.entries(FIRST)) {
      assert.equal((await routesOf(engine, query))[0], wanted, query);
    }
  });

  test(`each query finds its document when it is the first one asked (${form})`, async () => {
    for (const [query, wanted] of Object.entries(FIRST)) {
      assert.equal((await routesOf(pageOf(files).engine, query))[0], wanted, query);
    }
  });
}

test('queries are read as the index was', () => {
  const { engine } = pageOf({});
  for (const { text, words, query } of JSON.parse(read('tests/vectors/search-tokens.json'))) {
    assert.deepEqual(own(engine.wordsOf(text).map(word => [word.text, word.place])), words, text);
    assert.deepEqual(own(engine.signsOf(text)), query, text);
  }
});

test('one file and many files give the same answers', async () => {
  const [whole, divided] = [pageOf(WHOLE).engine, pageOf(DIVIDED).engine];
  for (const query of [...Object.keys(FIRST), 'locks', 'what does', 'thread lock', 'lock nonsense']) {
    const options = { filters: { level: ['Senior', 'Junior'] } };
    assert.deepEqual(own(await whole.search(query, options)), own(await divided.search(query, options)), query);
  }
});

test('documents with all words come before those with some', async () => {
  const { engine } = pageOf(WHOLE);
  assert.deepEqual(await routesOf(engine, 'locks lifetimes '), ['common-mistakes', 'longer-slice', 'poisoned', 'shared-tally']);
  const { total, unknown } = await engine.search('locks zzzzzz ');
  assert.deepEqual([total, own(unknown)], [3, [{ text: 'zzzzzz', nearest: '' }]]);
});

test('words that every question has refuse nothing', async () => {
  const { engine } = pageOf(WHOLE);
  assert.equal((await routesOf(engine, 'how would you explain poisoned locks to us'))[0], 'poisoned');
  assert.ok((await routesOf(engine, 'what does')).length > 0, 'alone they are looked up like any word');
});

test('nothing is found for what nobody wrote', async () => {
  const { engine } = pageOf(WHOLE);
  for (const query of ['', '   ', 'zzzzzz', '<', '§', '((', '\\', '"', '_', '__proto__', 'constructor', 'x'.repeat(5000)]) {
    const { total, results } = await engine.search(query, { filters: {} });
    assert.equal(results.length, Math.min(total, 10), query);
    if (query.trim().length !== 1) assert.equal(total, 0, query);
  }
});

test('counts of a facet ignore its own choice', async () => {
  const { engine } = pageOf(DIVIDED);
  const { total, facets } = await engine.search('lock', { filters: { level: ['Junior'] } });
  assert.equal(total, 0);
  const counts = Object.fromEntries(facets.map(({ name, values }) => [name, own(values.map(({ value, count }) => [value, count]))]));
  assert.deepEqual(counts.level, [['Junior', 0], ['Middle', 0], ['Senior', 2]]);
  assert.deepEqual(counts.topic, [['Concurrency', 0], ['Errors', 0], ['Lifetimes', 0], ['Ownership', 0]]);
});

test('without words a choice shows all that it leaves, and no choice shows nothing but counts', async () => {
  const { engine } = pageOf(DIVIDED);
  const levelsOf = ({ facets }) => own(facets.find(({ name }) => name === 'level').values.map(({ count }) => count));
  const nothing = await engine.search(' ', { filters: { level: [] } });
  assert.deepEqual([nothing.total, nothing.results.length, levelsOf(nothing)], [0, 0, [3, 1, 2]]);
  const seniors = await engine.search('', { filters: { level: ['Senior'] } });
  assert.deepEqual([seniors.total, levelsOf(seniors)], [2, [3, 1, 2]]);
  assert.deepEqual(own(seniors.results.map(({ facts }) => facts.level)), [['Senior'], ['Senior']]);
  assert.equal((await engine.search('', {})).total, 0);
});

test('a search that filters empty tells how many results there would be', async () => {
  const { engine } = pageOf(WHOLE);
  const { total, unfiltered } = await engine.search('lock ', { filters: { level: ['Junior'] } });
  assert.deepEqual([total, unfiltered], [0, 3]);
});

test('a slip tells what it was read as, and what is too far from all words names the nearest', async () => {
  for (const files of [WHOLE, DIVIDED]) {
    const { engine } = pageOf(files);
    assert.deepEqual(own((await engine.search('contnetoin ')).misread), [{ text: 'contnetoin', readAs: ['contention'] }]);
    assert.deepEqual(own((await engine.search('contention ')).misread), []);
    const { total, unknown } = await engine.search('intervooors ');
    assert.deepEqual([total, own(unknown)], [0, [{ text: 'intervooors', nearest: 'interviewers' }]]);
  }
});

test('excerpts mark what was found, in any form of the word', async () => {
  const { engine } = pageOf(WHOLE);
  const { results: [tally] } = await engine.search('lock contention ');
  assert.equal(textOf(tally.title), 'What does Arc<Mutex<T>> cost?');
  assert.deepEqual(marksOf(await tally.excerpt()), ['Locking', 'contention', 'locks']);
  const { results: [japanese] } = await engine.search('所有権');
  assert.equal(marksOf(japanese.title).join(''), '所有権');
  const { results: [sign] } = await engine.search('&str');
  assert.deepEqual(marksOf(await sign.excerpt()), ['&str']);
});

test('a result is there before its text, and stays where the text cannot be loaded', async () => {
  const named = Object.fromEntries(Object.entries(WHOLE).filter(([name]) => !name.includes('texts')));
  const { results: [tally] } = await pageOf(named).engine.search('contention ');
  assert.equal(textOf(tally.summary), 'Threads share a counter.');
  await assert.rejects(tally.excerpt(), /cannot load texts/);
});

test('forms that nobody wrote find those that somebody wrote', async () => {
  const { engine } = pageOf(WHOLE);
  const first = { assignable: 'moved-string', poisonings: 'poisoned', compilation: 'moved-string', contentions: 'shared-tally' };
  for (const [query, wanted] of Object.entries(first)) assert.equal((await routesOf(engine, `${query} `))[0], wanted, query);
});

test('texts of the guide stay texts', async () => {
  const { engine } = pageOf(WHOLE);
  const { results: [file] } = await engine.search('script alert ');
  assert.match(textOf(await file.excerpt()), /<script>alert\(1\)<\/script> stays text/);
});

test('a divided index loads what the query needs, once', async () => {
  const { engine, loaded } = pageOf(DIVIDED, './');
  assert.deepEqual(loaded, []);
  await Promise.all([engine.open(), engine.open()]);
  assert.equal(loaded.length, 2, 'the entry and the core');
  const { results: [tally] } = await engine.search('mutex ', { limit: 1 });
  assert.equal(loaded.length, 4, `one shard and one file of names: ${loaded}`);
  await tally.excerpt();
  assert.equal(loaded.length, 5, `its text too: ${loaded}`);
  await (await engine.search('mutex ', { limit: 1 })).results[0].excerpt();
  assert.equal(loaded.length, 5);
});

test('files replaced by a newer build are asked for afresh, once', async () => {
  const [core] = DIVIDED['search/index.js'].match(/core\.\w+/);
  const renamed = text => text.replace(core, 'core.newer');
  const newer = Object.fromEntries(Object.entries(DIVIDED).map(file => file.map(renamed)));
  // The browser kept the entry of the older build; with a question mark it asks the server.
  const answers = [DIVIDED['search/index.js'], newer['search/index.js']];
  const site = { ...newer, get 'search/index.js'() { return answers.shift(); } };
  const { engine, loaded } = pageOf(site);
  assert.equal((await routesOf(engine, 'E0382'))[0], 'moved-string');
  assert.ok(loaded.some(name => name.startsWith('search/index.js?')), String(loaded));
});

test('a missing index is an error, and can be tried again', async () => {
  const site = {};
  const { engine } = pageOf(site);
  await assert.rejects(engine.search('mutex'), /cannot load index\.js/);
  Object.assign(site, WHOLE);
  assert.equal((await routesOf(engine, 'mutex'))[0], 'shared-tally');
});

test('an index of another format is refused', async () => {
  const { engine } = pageOf({ 'search/index.js': WHOLE['search/index.js'].replace('"format":2', '"format":3') });
  await assert.rejects(engine.search('mutex'), /format 3/);
});
