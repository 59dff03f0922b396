// The whole guide as a book, and rubrics, on paper.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { PAPERS, infoOf, linksOf, marginsOf, missing, print, textOf, tooWide, wordsOf } from './paper.mjs';
import { buildFixture, handbook, scenario } from './support.mjs';

const torture = await buildFixture('tests/fixtures/torture');
const rubricsOf = ({ folder, server }) => readdirSync(join(folder, 'packets'))
  .filter(name => name.endsWith('.rubric.html')).map(name => `${server}packets/${name}`);
const pagesOf = site => [`${site.server}print.html`, `${site.server}rubric.html`, ...rubricsOf(site)];

/** Letters whose order on paper is the reader's business: see the packets' tests. */
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

for (const address of [handbook, torture].flatMap(pagesOf)) {
  const name = address.split('/').slice(3).join('/');
  scenario(`${name} (${address.startsWith(torture.server) ? 'torture' : 'ours'}) is printed whole, with the same pages on every paper`, async page => {
    const counts = [];
    for (const paper of Object.keys(PAPERS)) {
      await openFor(page, address, paper);
      const { links, broken } = await page.evaluate(within);
      assert.deepEqual(broken, [], 'every link within the page leads to a place on it');
      const { texts, openings } = await page.evaluate(promise);
      const margins = await marginsOf(page);
      const path = await print(page);
      assert.deepEqual(missing(texts.filter(isInOrder), await textOf(path)), []);
      assert.deepEqual((await linksOf(path)).filter(line => line.includes(`${name}#`)), [], 'links within stay in the file');
      const sides = await wordsOf(path, margins);
      assert.deepEqual(sides.flatMap(({ outside }, index) => outside.map(word => `${index + 1}: ${word}`)), []);
      assert(sides.every(({ body }) => body.length), 'no page is empty');
      assert.deepEqual(sides.map(({ foot }) => foot.slice(-4).join(' ')), sides.map((_, at) => `Page ${at + 1} of ${sides.length}`));
      if (name === 'print.html') {
        assert(links > openings.length);
        const tops = sides.map(({ body }) => body.slice(0, 40).join(''));
        const stray = openings.filter(opening => isInOrder(opening) && !tops.some(top => top.includes(opening.replace(/\s/g, ''))));
        assert.deepEqual(stray, [], 'every question and page begins a side');
      }
      counts.push((await infoOf(path)).pages);
      assert.deepEqual(await tooWide(page, paper, margins), []);
      await page.setViewportSize({ width: 1280, height: 720 });
    }
    assert.equal(new Set(counts).size, 1, `pages: ${counts}`);
  });
}
