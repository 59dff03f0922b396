// A packet on paper: every packet of the guide, on A4 and on US Letter.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  PAPERS, assertFonts, assertPaper, infoOf, marginsOf, missing, outOfOrder, pageArea, print, readingOf, textOf, tooWide, wordsOf,
} from './paper.mjs';
import { buildGuide, handbook, scenario } from './support.mjs';

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

const packetsOf = ({ folder, server }) => readdirSync(join(folder, 'packets'))
  .filter(file => file.endsWith('.html'))
  .map(name => ({ name, address: `${server}packets/${name}` }));
const packets = [handbook, sheets].flatMap(packetsOf);

/** What the markup promises: the running head of each side of paper, and the texts in their order. The view is a side. */
const promise = () => {
  // A side that holds more than a page goes on on the next; its last lines may stay together.
  const pagesOf = side => Math.ceil((side.getBoundingClientRect().height - 4) / innerHeight);
  const sidesOf = sheet => {
    if (!sheet.matches('.asked')) return 1;
    const sides = [...sheet.querySelectorAll('.compact > .faces, .spread > .faces > .side, .answer')];
    return sides.map(pagesOf).reduce((all, pages) => all + pages);
  };
  const nameOf = sheet => {
    const heading = sheet.querySelector('h2');
    const position = heading.querySelector('.position')?.textContent;
    return position ? `${position}. ${heading.textContent.slice(position.length).trim()}` : heading.textContent;
  };
  const title = document.querySelector('h1').textContent;
  const heads = [...document.querySelectorAll('.sheet')].flatMap(sheet => {
    const head = sheet.matches('.cover') ? '' : `${title} · Interviewer edition ${nameOf(sheet)}`;
    return Array(sidesOf(sheet)).fill(head);
  });
  const isPrinted = element => element.checkVisibility() && !element.closest('.visually-hidden');
  const texts = [...document.querySelectorAll('.packet :is(h1, h2, h3, pre)')]
    .filter(isPrinted)
    .flatMap(element => element.textContent.split('\n').filter(line => line.trim()));
  const identity = document.querySelector('.identity').textContent
    .split(' · ').filter(part => part !== 'not locked' && !part.startsWith('Askbook')).join(' · ');
  return { heads, texts, identity };
};

/** Words in an order of their own: the head's two texts may stand on more than one line. */
const sorted = words => words.toSorted().join(' ');

async function openFor(page, { address }, paper) {
  await page.goto(`${address}?paper=${paper}`);
  // The chosen paper's style sheet loads after the page.
  const isLoaded = paper => [...document.styleSheets].some(({ href }) => href?.endsWith(`.${paper}.css`));
  await page.waitForFunction(isLoaded, paper);
  await page.emulateMedia({ media: 'print' });
}

for (const packet of packets) {
  for (const paper of Object.keys(PAPERS)) {
    scenario(`${packet.name} is printed whole on ${paper}`, async page => {
      await openFor(page, packet, paper);
      const margins = await marginsOf(page);
      await page.setViewportSize(pageArea(paper, margins));
      const { heads, texts, identity } = await page.evaluate(promise);
      const path = await print(page);

      assertPaper(await infoOf(path), paper);
      await assertFonts(path);
      assert(texts.length > 10);
      assert.deepEqual(missing(texts, await textOf(path)), []);
      // The tags are the same on any paper, and slow to read.
      const misplaced = paper === 'a4' ? outOfOrder(texts, await readingOf(path)) : undefined;
      assert.equal(misplaced, undefined, 'read aloud too early, too late or never');

      const sides = await wordsOf(path, margins);
      for (const [index, { foot, outside }] of sides.entries()) {
        assert.deepEqual(outside, [], `outside the margins of page ${index + 1}`);
        assert.equal(sorted(foot), sorted(`${identity} Page ${index + 1} of ${sides.length}`.split(/\s+/)));
      }
      assert.deepEqual(
        sides.map(({ head }) => sorted(head)),
        heads.map(head => sorted(head.split(/\s+/))),
        'the pages are the sides that each sheet was made for',
      );
    });
  }

  scenario(`nothing in ${packet.name} is wider than the paper`, async page => {
    await openFor(page, packet, 'a4');
    assert.deepEqual(await tooWide(page, 'a4', await marginsOf(page)), []);
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
