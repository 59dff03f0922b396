// `askbook pdf`: every packet, loop and hand-out of the guide as a file, on A4 and on US Letter.
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { promisify } from 'node:util';
import {
  PAPERS, assertFonts, assertPaper, infoOf, linksOf, marginsOf, outOfOrder, print, readingOf, textOf, wordsOf,
} from './paper.mjs';
import { ASKBOOK, REPOSITORY, handOuts, handbook, scenario, temporaryFolder, writeGuide } from './support.mjs';

const PYTHON = join(REPOSITORY, 'target/pdf-tests/bin/python');
const ENGINE = ['--no-sandbox', '--engine', process.env.ASKBOOK_BROWSER ?? '/usr/bin/chromium'];

/** Runs `askbook pdf` for the guide at `root`, and returns where its files are, what it said and how it ended. */
async function pdf(root, ...options) {
  const folder = await temporaryFolder();
  const out = ['pdf', '--root', root, '--out', folder, ...ENGINE, ...options];
  const ended = await promisify(execFile)(ASKBOOK, out).catch(error => error);
  return { folder, said: ended.stdout.trim(), complaints: ended.stderr.trim(), code: ended.code ?? 0 };
}

const filesIn = async folder => (await readdir(folder, { recursive: true })).filter(it => it.endsWith('.pdf')).sort();

// One browser a call: most of the time goes into printing.
const papers = Object.keys(PAPERS);
const calls = await Promise.all(papers.map(paper => pdf(REPOSITORY, '--paper', paper)));
const printed = Object.fromEntries(papers.map((paper, at) => [paper, calls[at]]));
const files = await filesIn(printed.a4.folder);
const site = file => file.startsWith('candidate/') ? handOuts : handbook;
const routeOf = file => file.replace(/^\w+\//, '').replace(/\.pdf$/, '.html');

test('every packet, loop and hand-out is printed, and nothing else', async () => {
  for (const { complaints, code } of Object.values(printed)) assert.deepEqual([complaints, code], ['', 0]);
  const pages = async (folder, edition, wanted) => (await readdir(folder, { recursive: true }))
    .filter(path => wanted.test(path)).map(path => `${edition}/${path.replace('.html', '.pdf')}`);
  const wanted = [
    ...await pages(handbook.folder, 'interviewer', /^(packets|loops)\/[^/.]+\.html$/),
    ...await pages(handOuts.folder, 'candidate', /^h\/.*\.html$/),
  ].sort();
  assert.deepEqual(files, wanted);
  assert.deepEqual(await filesIn(printed.letter.folder), wanted);
  assert.equal(printed.a4.said.split('\n').length, wanted.length, 'a line a file');
});

test('every file conforms to PDF/UA-1', async () => {
  const all = Object.values(printed).flatMap(({ folder }) => files.map(file => join(folder, file)));
  const { stdout } = await promisify(execFile)(PYTHON, ['accessible.py', ...all], { cwd: import.meta.dirname });
  assert.equal(stdout.trim(), `${all.length} of ${all.length} files conform to PDF/UA-1`);
});

for (const file of files) {
  scenario(`${file} is what its page promises`, async page => {
    const count = {};
    for (const paper of Object.keys(PAPERS)) {
      await page.goto(`${site(file).server}${routeOf(file)}?paper=${paper}`);
      const isLoaded = paper => [...document.querySelectorAll('link[data-paper]')]
        .every(it => it.disabled || it.sheet && it.dataset.paper === paper);
      await page.waitForFunction(isLoaded, paper);
      await page.emulateMedia({ media: 'print' });
      const path = join(printed[paper].folder, file);
      const info = await infoOf(path);
      count[paper] = info.pages;
      assert.equal(info.title, await page.title());
      assertPaper(info, paper);
      await assertFonts(path);
      const sides = await wordsOf(path, await marginsOf(page));
      assert.deepEqual(sides.flatMap(({ outside }) => outside), []);
      assert.deepEqual(sides.filter(({ foot }) => !foot.length), [], 'every page has its number');
      assert.deepEqual((await linksOf(path)).filter(link => /127\.0\.0\.1|file:/.test(link)), []);
      if (paper === 'letter') continue;

      const texts = await page.locator('main :is(h1, h2, h3, pre)').evaluateAll(all => all
        .filter(it => it.checkVisibility() && !it.closest('.visually-hidden'))
        .flatMap(it => it.textContent.split('\n').filter(line => line.trim())));
      assert(texts.length > 1);
      assert.equal(outOfOrder(texts, await readingOf(path)), undefined, 'read aloud too early, too late or never');
      const byHand = await infoOf(await print(page, 'A4'));
      assert.equal(info.pages, byHand.pages, 'as many pages as a reader prints');
    }
    if (file.startsWith('interviewer/')) assert.equal(count.a4, count.letter, 'one pagination for both papers');
  });
}

test('two runs print the same bytes', async () => {
  const again = await pdf(REPOSITORY, '--paper', 'a4', 'senior-systems');
  const printedAgain = await filesIn(again.folder);
  assert.equal(printedAgain.length, 3);
  for (const file of printedAgain) {
    const [one, other] = await Promise.all([again, printed.a4].map(({ folder }) => readFile(join(folder, file))));
    assert(one.equals(other), `${file} differs`);
  }
});

const question = `---
title: Canary title of the guard
candidate_title: A small service
topics: [locks]
kind: debugging
levels: [senior]
competencies: { rust: 1 }
minutes: 10
status: active
reviewed: 2026-01-01
reviewers: [someone]
tags: [canary]
---
Canary purpose shows how somebody reads.
## Prompt
Say what this prints.
## Answer
Canary answer that it was given.
## Listen for
- Canary reads the code before speaking
- Canary names what is not known
## Red flags
- Canary guesses at once
## Follow-ups
- Canary what would change it?
## Hints
1. Canary what is read first?
2. Canary what is read last?
## Rubric
### 1
- Canary guesses and does not look
### 2
- Canary reads one half of it
### 3
- Canary reads the whole of it
### 4
- Canary reads what is not there
## Notes
Canary note.
`;
const canary = {
  'content/questions/locks/canary-question.md': question,
  'content/packets/canary-packet.md': `---
title: Canary packet
level: senior
minutes: 20
sections:
  - { title: Canary section, pick: [canary-question] }
---
## Opening
Welcome.
`,
};

test('nothing that only interviewers may read is in a candidate’s file, seen or unseen', async () => {
  const { folder, code } = await pdf(await writeGuide(canary));
  assert.equal(code, 0);
  const written = await filesIn(folder);
  const all = async path => {
    const unpacked = await promisify(execFile)(PYTHON, ['unpacked.py', path], { cwd: import.meta.dirname });
    return `${await textOf(path)} ${await readingOf(path)} ${unpacked.stdout}`;
  };
  for (const file of written) {
    const canaries = (await all(join(folder, file))).match(/canary/gi)?.length ?? 0;
    const isForCandidates = file.startsWith('candidate/');
    assert(isForCandidates ? canaries === 0 : canaries > 10, `${file} holds ${canaries} canaries`);
    assert(!(isForCandidates && /canary/i.test(file)));
  }
  assert.equal(written.length, 3);
});

test('a sheet that does not fit is told by how much, and only its file is missing', async () => {
  const style = await readFile(join(REPOSITORY, 'themes/handbook/assets/packet.css'), 'utf8');
  const high = '@media print { .sheet.cover { padding-top: 400mm } }';
  const wide = '@media print { .sheet.cover h1 { width: 50mm; white-space: nowrap } }';
  const { folder, complaints, code } = await pdf(await writeGuide({
    ...canary,
    'themes/handbook/assets/packet.css': `${style}\n${high}\n${wide}`,
    'content/packets/canary-packet.md': canary['content/packets/canary-packet.md']
      .replace('title: Canary packet', 'title: Canary packet with a title that is too long for its place'),
  }), '--format', 'short');
  assert.equal(code, 1);
  const place = '^content/packets/canary-packet.md:1:1: error\\[does-not-fit\\]: in `packets/canary-packet.html`, ';
  const name = '“Canary packet with a title[^”]*” is ';
  assert.match(complaints, new RegExp(`${place}${name}\\d+\\.\\d mm wider than its place, and is cut off$`, 'm'));
  assert.match(complaints, new RegExp(`${place}${name}\\d+\\.\\d mm longer than its \\d sides? of paper$`, 'm'));
  assert.deepEqual((await filesIn(folder)).map(file => file.split('/')[0]), ['candidate', 'candidate']);
});

test('Ctrl-C ends the browser, and leaves only whole files', async () => {
  const [temporary, folder] = await Promise.all([temporaryFolder(), temporaryFolder()]);
  const own = join(temporary, 'own');
  await mkdir(own);
  const options = ['pdf', '--root', REPOSITORY, '--out', folder, ...ENGINE];
  const askbook = spawn(ASKBOOK, options, { env: { ...process.env, TMPDIR: own }, stdio: ['ignore', 'pipe', 'pipe'] });
  let complaints = '';
  askbook.stderr.on('data', text => { complaints += text; });
  await once(createInterface({ input: askbook.stdout }), 'line');
  askbook.kill('SIGINT');
  const [code] = await once(askbook, 'close');
  assert.deepEqual([complaints, code], ['error: interrupted; the files that were printed before are in their place\n', 2]);
  assert.deepEqual(await readdir(own), [], 'the browser’s folder is gone, so the browser is');
  assert((await readdir(folder, { recursive: true })).every(path => !path.includes('.new')));
});
