// What search costs a reader: `node benches/search.mjs public/search [queries]`, for the folder of a built index.
// Each query is the first of its page; CPU is that of reading the engine and the index, and of answering.
import { readFileSync, readdirSync } from 'node:fs';
import vm from 'node:vm';
import { gzipSync } from 'node:zlib';

const [folder, count = '60', enginePath = new URL('../themes/handbook/assets/search-index.js', import.meta.url)] =
  process.argv.slice(2);
const ENGINE = readFileSync(enginePath, 'utf8');
const FILES = Object.fromEntries(readdirSync(folder).map(name => [name, readFileSync(`${folder}/${name}`, 'utf8')]));
const LISTED = 8;

const pageOf = () => {
  const loaded = [];
  const head = {
    append(script) {
      const name = script.src.slice('./search/'.length);
      loaded.push(name);
      setImmediate(() => {
        vm.runInContext(FILES[name], context);
        script.onload();
      });
    },
  };
  const document = { documentElement: { dataset: { root: './' } }, head, createElement: () => ({}) };
  const context = vm.createContext({ document });
  context.window = context;
  vm.runInContext(ENGINE, context);
  return { engine: context.askbookSearch, loaded };
};

// Words that documents have: two of a title, one of it half typed, and one with two letters swapped.
const titlesOf = () => {
  const titles = [];
  const take = (_, rows) => rows.forEach(row => Array.isArray(row) && titles.push(row[1]));
  const nothing = () => {};
  const askbookSearch = { names: take, texts: take, start: nothing, core: nothing, facets: nothing, terms: nothing, vocabulary: nothing };
  for (const text of Object.values(FILES)) vm.runInNewContext(text, { askbookSearch });
  return titles.sort();
};
const queriesOf = titles => {
  const queries = { words: [], prefix: [], typo: [] };
  const step = Math.max(1, Math.floor(titles.length * 3 / Number(count)));
  for (let at = 0; at < titles.length; at += step) {
    const words = titles[at].toLowerCase().match(/[a-z]{5,}/g) ?? [];
    if (words.length < 2) continue;
    const [first, second] = [words[0], words.at(-1)];
    queries.words.push(`${first} ${second} `);
    queries.prefix.push(`${first} ${second.slice(0, 4)}`);
    queries.typo.push(`${first} ${second.slice(0, 2)}${second[3]}${second[2]}${second.slice(4)} `);
  }
  return queries;
};

const middle = numbers => numbers.sort((a, b) => a - b)[numbers.length >> 1];
const gzipped = {};
const sizeOf = name => gzipped[name] ??= gzipSync(FILES[name], { level: 9 }).length;

console.log('          queries  median KB   most KB  requests  median CPU ms   most CPU ms');
for (const [kind, queries] of Object.entries(queriesOf(titlesOf()))) {
  const [bytes, cpu, requests] = [[], [], []];
  for (const query of queries) {
    const before = process.cpuUsage();
    const { engine, loaded } = pageOf();
    await engine.search(query, { limit: LISTED });
    const { user, system } = process.cpuUsage(before);
    cpu.push((user + system) / 1000);
    bytes.push(loaded.reduce((sum, name) => sum + sizeOf(name), 0) / 1000);
    requests.push(loaded.length);
  }
  const figures = [queries.length, middle(bytes), bytes.at(-1), middle(requests), middle(cpu), cpu.at(-1)];
  const [first, ...rest] = figures.map(number => (Number.isInteger(number) ? String(number) : number.toFixed(1)));
  console.log(`${kind.padEnd(8)}${first.padStart(9)}${rest.map(it => it.padStart(11)).join('')}`);
}
