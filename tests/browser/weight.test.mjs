// What a page weighs on a first visit, and that it stands still while it comes.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { pageKinds } from './page-kinds.mjs';
import { handbook, scenario } from './support.mjs';

/** In bytes, as packed by a web server, without fonts. */
const MOST = { page: 60_000, scripts: 15_000 };

const packed = new Map();
function weightOf(path) {
  if (!packed.has(path)) packed.set(path, gzipSync(readFileSync(join(handbook.folder, path))).length);
  return packed.get(path);
}
const sum = paths => paths.reduce((sum, path) => sum + weightOf(path), 0);
const isFont = path => path.endsWith('.woff2');

/** The files that are asked for to show the page at `path`, and all scripts that it can ask for but those of the index. */
async function filesOf(page, path) {
  const asked = new Set();
  const note = request => asked.add(new URL(request.url()).pathname.slice(1));
  page.on('request', note);
  await page.goto(handbook.server + path);
  page.off('request', note);
  const shown = [...asked].filter(path => !path.startsWith('image') && !isFont(path));
  const engines = await page.locator('script[data-engine]')
    .evaluateAll(all => all.map(script => new URL(script.dataset.engine, location).pathname.slice(1)));
  return { shown, scripts: [...shown.filter(path => path.endsWith('.js')), ...engines] };
}

scenario('a question is light, on the first visit too', async (page, t) => {
  const questions = readdirSync(join(handbook.folder, 'questions')).filter(name => name !== 'index.html')
    .map(name => `questions/${name}`);
  // What questions load beside themselves is the same for all of them.
  const { shown, scripts } = await filesOf(page, questions[0]);
  const beside = shown.filter(path => path !== questions[0]);
  assert(beside.some(path => path.endsWith('.css')) && scripts.length > 1);
  const heads = new Set(questions.map(path => readFileSync(join(handbook.folder, path), 'utf8')
    .match(/<(?:script|link rel="stylesheet")[^>]*>/g).join('')));
  assert.equal(heads.size, 1, 'every question loads the same style sheets and scripts');

  const heaviest = questions.toSorted((one, other) => weightOf(one) - weightOf(other)).at(-1);
  const total = weightOf(heaviest) + sum(beside);
  t.diagnostic(`heaviest: ${heaviest} ${weightOf(heaviest)}, with what it loads ${total}; all scripts ${sum(scripts)}`);
  assert(total < MOST.page, `${heaviest}: ${total} bytes`);
  assert(sum(scripts) < MOST.scripts, scripts.map(path => `${path}: ${weightOf(path)}`).join(', '));
});

/** How far things have moved since the page began to show, as browsers reckon it; nobody has touched anything. */
const moved = () => new Promise(resolve => {
  // What was seen before is told first, and what is still to come is told after the next frame.
  let shift = 0;
  const watch = new PerformanceObserver(list => {
    for (const entry of list.getEntries()) shift += entry.value;
  });
  watch.observe({ type: 'layout-shift', buffered: true });
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => resolve(shift))));
});

/** A page is called good below 0.1. Those that are opened most move by less than a line that breaks at another word. */
const boundOf = kind => (/^(home|questions|packets)/.test(kind) ? 0.02 : 0.1);
const PHONE = { viewport: { width: 360, height: 740 } };

for (const [title, options] of [['on a desktop', {}], ['on a phone', PHONE]]) {
  scenario(`no page moves while its fonts come ${title}`, options, async (page, t) => {
    const isShowing = () => performance.getEntriesByName('first-contentful-paint').length > 0;
    // Fonts come after the text, as they do from afar.
    await page.route('**/*.woff2', async route => {
      await page.waitForFunction(isShowing).catch(() => {});
      await route.continue().catch(() => {});
    });
    const shifts = [];
    for (const { path, kind } of pageKinds(handbook.folder)) {
      await page.goto(handbook.server + path, { waitUntil: 'load' });
      await page.evaluate(() => document.fonts.ready);
      const shift = await page.evaluate(moved);
      shifts.push({ path, shift, bound: boundOf(kind) });
    }
    t.diagnostic(shifts.map(({ path, shift }) => `${path} ${shift.toFixed(4)}`).join(', '));
    assert.deepEqual(shifts.filter(({ shift, bound }) => shift >= bound), []);
  });
}
