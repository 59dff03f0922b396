// The whole guide as a book, and rubrics, on paper.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { infoOf, linksOf, marginsOf, missing, print, textOf, tooWide, wordsOf } from './paper.mjs';
import { handbook, scenario, torture } from './support.mjs';

const rubricsOf = ({ folder, server }) => readdirSync(join(folder, 'packets'))
  .filter(name => name.endsWith('.rubric.html')).map(name => `${server}packets/${name}`);
const pagesOf = site => [`${site.server}print.html`, `${site.server}rubric.html`, ...rubricsOf(site)];

/** Poppler puts some scripts into an order of its own: see the tests of packets. */
const isInOrder = text => !/[\u0590-\u08ff\u0300-\u036f\u200d]/.test(text.normalize('NFKC'));

const within = () => {
  const links = [...document.querySelectorAll('main a[href^="#"]')].map(link => decodeURIComponent(link.hash.slice(1)));
  return { links: links.length, broken: links.filter(id => !document.getElementById(id)) };
};

const promise = () => ({
  texts: [...document.querySelectorAll('main :is(h1, h2, h3, h4, pre)')]
    .filter(element => element.checkVisibility() && !element.closest('.visually-hidden'))
    .map(element => element.textContent)
    .flatMap(text => text.split('\n').filter(line => line.trim())),
  openings: [...document.querySelectorAll('.one-question .name, .one-article .name')].map(name => name.textContent),
});

async function openFor(page, address, paper) {
  await page.goto(`${address}?paper=${paper}`);
  await page.waitForFunction(paper => [...document.styleSheets].some(({ href }) => href?.endsWith(`.${paper}.css`)), paper);
  await page.emulateMedia({ media: 'print' });
}

/** A book of two hundred pages is dear to print and to read. */
const PATIENCE = 300_000;

/** The page at `address` on `paper` is whole: how many sides it takes. */
async function assertWhole(page, address, paper) {
  const name = address.split('/').slice(3).join('/');
  await openFor(page, address, paper);
  const { links, broken } = await page.evaluate(within);
  assert.deepEqual(broken, [], 'every link within the page leads to a place on it');
  const { texts, openings } = await page.evaluate(promise);
  const margins = await marginsOf(page);
  const path = await print(page);
  assert.deepEqual(missing(texts.filter(isInOrder), await textOf(path)), [], paper);
  assert.deepEqual((await linksOf(path)).filter(line => line.includes(`${name}#`)), [], 'links within stay in the file');
  const sides = await wordsOf(path, margins);
  assert.deepEqual(sides.flatMap(({ outside }, index) => outside.map(word => `${index + 1}: ${word}`)), [], paper);
  assert(sides.every(({ body }) => body.length), `no page is empty on ${paper}`);
  assert.deepEqual(sides.map(({ foot }) => foot.slice(-4).join(' ')), sides.map((_, at) => `Page ${at + 1} of ${sides.length}`));
  if (name === 'print.html') {
    assert(links > openings.length);
    const tops = sides.map(({ body }) => body.slice(0, 40).join(''));
    const stray = openings.filter(opening => isInOrder(opening) && !tops.some(top => top.includes(opening.replace(/\s/g, ''))));
    assert.deepEqual(stray, [], 'every question and page begins a side');
  }
  if (paper === 'a4') assert.deepEqual(await tooWide(page, paper, margins), []);
  assert.equal((await infoOf(path)).pages, sides.length);
  return sides.length;
}

for (const address of [handbook, torture].flatMap(pagesOf)) {
  const name = address.split('/').slice(3).join('/');
  const whose = `${name} of ${address.startsWith(torture.server) ? 'a guide that is hard to print' : 'our guide'}`;
  scenario(`${whose} is printed whole, with the same pages on every paper`, { patience: PATIENCE }, async page => {
    const a4 = await assertWhole(page, address, 'a4');
    assert.equal(await assertWhole(page, address, 'letter'), a4, 'the same pages on every paper');
  });
}
