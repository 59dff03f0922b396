// What a candidate is given, on the screen and on paper: the prompts, and nothing that only interviewers may read.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { apart, assertFonts, infoOf, linksOf, marginsOf, print, textOf, tooWide, wordsOf } from './paper.mjs';
import { REPOSITORY, handOuts, handbook, scenario } from './support.mjs';

const SHARED = ['Prompt', 'Ground rules', 'Materials'];
/** Fewer words in a row may be chance. */
const SHORTEST = 3;

const wordsIn = text => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
const phrase = text => ` ${wordsIn(text).join(' ')} `;

/** A block within a shared section that only interviewers may read. */
const PRIVATE = /^```.*\baudience=interviewer[^]*?^```$/gm;

/** A question file: its title, and its sections by heading. What stands before the first is for interviewers. */
function read(path) {
  const [, matter, body] = readFileSync(path, 'utf8').match(/^---\n([^]*?)\n---\n([^]*)$/);
  const title = matter.match(/^title: *"?(.*?)"?$/m)[1];
  const [purpose, ...sections] = body.replaceAll(PRIVATE, '').split(/^## /m);
  return {
    title,
    sections: [
      { name: 'For interviewers', text: [purpose, ...body.match(PRIVATE) ?? []].join('\n\n') },
      ...sections.map(section => section.split(/\n([^]*)/, 2)).map(([name, text]) => ({ name: name.trim(), text })),
    ],
  };
}

/** Lines of code as readers see them: without those that only the compiler needs. */
const isShown = line => !/^# |^#$/.test(line);

/** Bullets, sentences and lines of code. */
function piecesOf(text) {
  const [prose, code] = [[], []];
  text.split(/^```.*$/m).forEach((part, index) => (index % 2 ? code : prose).push(part));
  const sentences = prose.flatMap(part => part.split(/\n\s*\n|^\s*(?:[-*]|\d+\.) |^#+ .*$/m))
    .map(part => part.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1'))
    .flatMap(part => [part, ...part.split(/(?<=[.!?:;])\s/)]);
  const lines = code.flatMap(part => part.split('\n').filter(isShown));
  return [...sentences, ...lines].filter(piece => wordsIn(piece).length);
}

const questions = readdirSync(join(REPOSITORY, 'content/questions'), { recursive: true })
  .filter(path => path.endsWith('.md'))
  .map(path => read(join(REPOSITORY, 'content/questions', path)));
const isShared = ({ name }) => SHARED.includes(name);
const shown = questions.flatMap(({ sections }) => sections.filter(isShared).map(({ text }) => phrase(text))).join('');
const secrets = questions.flatMap(({ title, sections }) => [
  title,
  ...sections.filter(section => !isShared(section)).flatMap(({ text }) => piecesOf(text))
    .filter(piece => wordsIn(piece).length >= SHORTEST),
]).map(phrase).filter(secret => !shown.includes(secret));

function leaksIn(text) {
  const words = phrase(text);
  return secrets.filter(secret => words.includes(secret));
}

const packets = readdirSync(join(handbook.folder, 'packets'))
  .filter(file => file.endsWith('.html') && !file.endsWith('.rubric.html'));

/** The hand-out in `page` holds no secret on the screen nor on `format`, and all of the parts that are `asked`. */
async function assertSafe(page, format, asked) {
  assert.equal(await page.title(), 'Interview hand-out');
  assert.equal(await page.locator('a[href]').count(), 0, 'a hand-out leads nowhere');
  assert.deepEqual(leaksIn(await page.content()), []);
  const parts = await page.locator('.part h2').allTextContents();
  const margins = await marginsOf(page, format.toLowerCase());

  const path = await print(page, format);
  assert.equal((await infoOf(path)).title, 'Interview hand-out');
  assert.deepEqual(await linksOf(path), []);
  assert.deepEqual(leaksIn(await textOf(path)), []);
  await assertFonts(path);

  const sides = await wordsOf(path, margins);
  assert.deepEqual(sides.flatMap(({ outside, head }) => [...outside, ...head]), []);
  assert.deepEqual(sides.map(({ foot }) => foot.join(' ')), sides.map((_, index) => `${index + 1} / ${sides.length}`));

  if (!parts.length) return sides.length;
  const beginnings = sides.map(({ body }) => phrase(body.join(' ')));
  const begins = part => beginnings.some(words => words.startsWith(phrase(part)));
  assert.deepEqual(parts.slice(1).filter(part => !begins(part)), [], 'each part begins a page');
  // A comment that stands in a column of its own is far from its line in one of the two.
  const paper = phrase(sides.flatMap(({ body }) => body).join(' ')) + phrase(await textOf(path));
  const prompts = questions.filter(({ title }) => asked.includes(title))
    .flatMap(({ sections }) => sections.filter(isShared)).flatMap(({ text }) => piecesOf(text))
    .flatMap(apart).filter(piece => wordsIn(piece).length);
  assert(prompts.length > asked.length);
  assert.deepEqual(prompts.filter(prompt => !paper.includes(phrase(prompt))), []);
  return sides.length;
}

for (const packet of packets) {
  scenario(`the hand-outs of ${packet} hold its prompts and no secret`, async page => {
    await page.goto(`${handbook.server}packets/${packet}`);
    const asked = await page.locator('.asked h2')
      .evaluateAll(all => all.map(heading => heading.lastChild.textContent.trim()));
    const links = await page.locator('.hand-outs a')
      .evaluateAll(all => all.map(link => link.getAttribute('href').replace('../', '')));
    const printed = leaksIn(await page.locator('main').innerText());
    assert(printed.length >= asked.length, 'the secrets are worded as the pages show them');

    for (const link of links) {
      await page.goto(handOuts.server + link);
      assert.deepEqual(await tooWide(page, 'a4', await marginsOf(page)), []);
      for (const size of ['', '#large']) {
        await page.goto('about:blank');
        await page.goto(handOuts.server + link + size);
        const [a4, letter] = [await assertSafe(page, 'A4', asked), await assertSafe(page, 'Letter', asked)];
        assert.equal(a4, letter, 'both papers have the same pages');
      }
    }
  });
}
