// A packet on paper: every packet of the guide and of one that is hard to print, on A4 and on US Letter.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  assertFonts, assertPaper, infoOf, marginsOf, missing, outOfOrder, print, readingOf, textOf, tooWide, wordsOf,
} from './paper.mjs';
import { buildFixture, buildGuide, handbook, scenario, torture } from './support.mjs';

const question = (title, more, code) => `---
title: ${title}
topics: [locks]
kind: coding
levels: [senior]
competencies: { rust: 1 }
minutes: 10
status: active
reviewed: 2026-01-01
reviewers: [someone]
${more}
---
Shows how somebody reads.
## Prompt
Say what this prints.
\`\`\`rust,no_run
${code}
\`\`\`
## Answer
It prints what it was given.
## Listen for
- Reads the code before speaking
- Names what is not known
## Red flags
- Guesses
## Follow-ups
- What would change it?
## Hints
1. What is read first?
2. What is read last?
## Rubric
### 1
- Guesses
### 2
- Reads half of it
### 3
- Reads all of it
### 4
- Reads what is not there
`;

const numbers = (from, count) => Array.from({ length: count }, (_, index) => from + index);
const wide = numbers(0, 4).map(row => `let row_${row} = vec![${numbers(row * 100, 30).join(', ')}];`).join('\n');

/** A short question on one side of paper; and on two, one whose lines are longer than the paper is wide. */
const sheets = await buildGuide({
  'content/questions/locks/short.md': question('A short one', '', 'println!("one");'),
  'content/questions/locks/wide.md': question('A wide one', 'sheet: spread', wide),
  'content/packets/sheets.md': `---
title: Sheets of every make
level: senior
minutes: 30
opening: 2
closing: 2
sections:
  - { title: First, pick: [short, wide] }
---
## Opening
Welcome.
`,
});

const bothSides = 'title: Both sides\nprint: { duplex: true }\n';
const duplex = [
  await buildFixture('.', { 'askbook.yaml': bothSides }),
  await buildFixture('tests/fixtures/torture', { 'askbook.yaml': `${bothSides}defaults: { scale: eleven }\n` }),
];

const packetsOf = site => readdirSync(join(site.folder, 'packets'))
  .filter(file => file.endsWith('.html') && !file.endsWith('.rubric.html'))
  .map(name => ({ name, site, address: `${site.server}packets/${name}` }));
const packets = [handbook, sheets, torture].flatMap(packetsOf);

/** What the markup promises: each sheet's running head, how many sides it was made for, and the texts in their order. */
const promise = () => {
  const sidesOf = sheet => {
    if (!sheet.matches('.asked')) return 1;
    return sheet.querySelectorAll('.compact > .faces, .spread > .faces > .side, .answer').length;
  };
  const nameOf = sheet => {
    const heading = sheet.querySelector('h2');
    const position = heading.querySelector('.position')?.textContent;
    return position ? `${position}. ${heading.textContent.slice(position.length).trim()}` : heading.textContent;
  };
  const title = document.querySelector('h1').textContent;
  const sheets = [...document.querySelectorAll('.sheet')].map(sheet => ({
    head: `${title} · Interviewer edition ${sheet.matches('.cover') ? '' : nameOf(sheet)}`,
    sides: sidesOf(sheet),
    isAsked: sheet.matches('.asked'),
  }));
  const isPrinted = element => element.checkVisibility() && !element.closest('.visually-hidden');
  const texts = [...document.querySelectorAll('.packet :is(h1, h2, h3, pre)')]
    .filter(isPrinted)
    .flatMap(element => element.textContent.split('\n').filter(line => line.trim()));
  const identity = document.querySelector('.identity').textContent
    .split(' · ').filter(part => part !== 'not locked' && !part.startsWith('Askbook')).join(' · ');
  return { sheets, texts, identity };
};

/** Words in an order of their own: the head's two texts may stand on more than one line. */
const sorted = words => words.toSorted().join(' ');

/** Poppler puts text that runs from right to left, and letters of several parts, into an order of its own. */
const isInOrder = text => !/[\u0590-\u08ff\u0300-\u036f\u200d]/.test(text.normalize('NFKC'));

/** Words whose letters poppler leaves in their order. */
const plainWords = words => sorted(words.filter(word => /^[!-~]{2,}$/.test(word)));

/** How many sides each sheet took, by the running heads. The first side has none, and one that is left empty no name. */
function sidesBySheet(sides, sheets) {
  const taken = sheets.map(() => 0);
  let at = 0;
  for (const [index, { head }] of sides.entries()) {
    const is = sheet => sheet && plainWords(head) === plainWords(sheet.head.split(/\s+/));
    const isFiller = index > 0 && is(sheets[0]);
    if (isFiller) {
      taken[at] += 1;
      continue;
    }
    if (index > 0 && !is(sheets[at])) at += 1;
    assert(index === 0 ? head.length === 0 : is(sheets[at]), `page ${index + 1} is headed "${head.join(' ')}"`);
    taken[at] += 1;
  }
  return taken;
}

async function openFor(page, { address }, paper, more = '') {
  await page.goto(`${address}?paper=${paper}${more}`);
  // The chosen paper's style sheet loads after the page.
  const isLoaded = paper => [...document.styleSheets].some(({ href }) => href?.endsWith(`.${paper}.css`));
  await page.waitForFunction(isLoaded, paper);
  await page.emulateMedia({ media: 'print' });
}

/** The packet on `paper`, held to what its markup promises: how many sides each of its sheets takes. */
async function assertWhole(page, packet, paper) {
  await openFor(page, packet, paper);
  const margins = await marginsOf(page);
  const { sheets, texts, identity } = await page.evaluate(promise);
  const path = await print(page);

  assertPaper(await infoOf(path), paper);
  // Signs that our fonts lack come from the reader's own, which may hold pictures.
  if (packet.site !== torture) await assertFonts(path);
  assert(texts.length > 10);
  const readable = texts.filter(isInOrder);
  assert.deepEqual(missing(readable, await textOf(path)), [], paper);
  // The tags are the same on any paper, and slow to read: those of our guide are read in the files of `askbook pdf`.
  const misplaced = paper === 'a4' && packet.site !== handbook ? outOfOrder(readable, await readingOf(path)) : undefined;
  assert.equal(misplaced, undefined, 'read aloud too early, too late or never');

  const sides = await wordsOf(path, margins);
  for (const [index, { foot, outside }] of sides.entries()) {
    assert.deepEqual(outside, [], `outside the margins of page ${index + 1} on ${paper}`);
    assert.equal(sorted(foot), sorted(`${identity} Page ${index + 1} of ${sides.length}`.split(/\s+/)));
  }
  const empty = sides.flatMap(({ body }, index) => (body.length ? [] : [index + 1]));
  assert.deepEqual(empty, [], `no page is empty on ${paper}`);
  const taken = sidesBySheet(sides, sheets);
  const short = sheets.filter(({ sides }, index) => taken[index] < sides);
  assert.deepEqual(short, [], `each sheet has at least the sides that it was made for on ${paper}`);
  return taken;
}

/** What is set smaller than `least` points. */
const smallerThan = least => [...document.querySelectorAll('.packet *, main > *')]
  .filter(element => element.checkVisibility() && !element.closest('.visually-hidden, [aria-hidden], .toolbar'))
  .filter(element => [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
  .filter(element => parseFloat(getComputedStyle(element).fontSize) * 0.75 < least - 0.01)
  .map(element => `${element.outerHTML.slice(0, 90)}: ${getComputedStyle(element).fontSize}`);

/** The packet in large print, on the paper with the wider margins of the two. */
async function assertLarge(page, packet) {
  await openFor(page, packet, 'letter', '&size=large');
  await page.waitForFunction(() => document.getElementById('page--large').checked);
  assert.deepEqual(await page.evaluate(smallerThan, 16), []);
  const { sheets, texts } = await page.evaluate(promise);
  const margins = await marginsOf(page);
  const path = await print(page);
  assert.deepEqual(missing(texts.filter(isInOrder), await textOf(path)), []);
  const sides = await wordsOf(path, margins);
  assert.deepEqual(sides.flatMap(({ outside }) => outside), []);
  sidesBySheet(sides, sheets);
  assert.deepEqual(await tooWide(page, 'letter', margins), []);
}

// One page for all of a packet's papers: to open one costs more than to print it.
for (const packet of packets) {
  scenario(`${packet.name} is printed whole, with the same pages on every paper, and in large print`, async page => {
    const a4 = await assertWhole(page, packet, 'a4');
    assert.deepEqual(await tooWide(page, 'a4', await marginsOf(page)), [], 'wider than the paper');
    assert.deepEqual(await assertWhole(page, packet, 'letter'), a4, 'the same pages on every paper');
    await assertLarge(page, packet);
  });
}

for (const packet of duplex.flatMap(packetsOf)) {
  scenario(`each question of ${packet.name} begins on the back of a leaf when both sides are printed`, async page => {
    await openFor(page, packet, 'a4');
    const { sheets } = await page.evaluate(promise);
    // The binding is on the other side of every second page.
    const margins = { ...await marginsOf(page), left: 16 * 72 / 25.4 };
    const sides = await wordsOf(await print(page), margins);
    assert.deepEqual(sides.flatMap(({ outside }) => outside), []);
    const taken = sidesBySheet(sides, sheets);
    const before = index => taken.slice(0, index).reduce((sum, sides) => sum + sides, 0);
    const begins = sheets.flatMap(({ isAsked }, index) => (isAsked ? [before(index) + 1] : []));
    assert.deepEqual(begins.filter(page => page % 2), [], `questions begin on pages ${begins}`);
  });
}

scenario('ratings are carried into the score summary', async page => {
  await page.goto(`${handbook.server}packets/senior-systems.html`);
  for (const [question, rating] of [[1, '3'], [2, '4'], [3, 'n/a']]) {
    await page.locator(`input[name="question-${question}-rating"][value="${rating}"]`).check();
  }
  const rated = await page.locator('#summary .rated').evaluateAll(cells => cells.map(cell => cell.value));
  assert.deepEqual(rated, ['3', '4', 'N/A']);
  const columns = await page.locator('#summary thead .column').allTextContents();
  const sums = await page.locator('[data-sum]').evaluateAll(cells => cells.map(cell => cell.value));
  assert.equal(sums.length, columns.length);
  for (const [index, title] of columns.entries()) {
    const cells = page.locator(`[data-column="${index + 1}"]`);
    const weighted = await cells.evaluateAll(all => all.map(cell => cell.value * cell.dataset.weight));
    const sum = weighted.reduce((sum, value) => sum + value, 0);
    assert.equal(sums[index], sum ? String(sum) : '', title);
  }
});
