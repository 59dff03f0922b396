// A packet filled in on the screen.
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { infoOf, missing, print, textOf } from './paper.mjs';
import { buildGuide, scenario, temporaryFolder } from './support.mjs';

const question = (title, competencies) => `---
title: ${title}
topics: [locks]
kind: coding
levels: [senior]
competencies: ${competencies}
minutes: 10
status: active
reviewed: 2026-01-01
reviewers: [someone]
---
Shows how somebody reads.
## Prompt
Say what this prints.
## Answer
It prints what it was given.
## Listen for
- Reads the code before speaking
- Names what is *not* known
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

const taxonomy = `
levels: { senior: { title: Senior } }
topics: { locks: { title: Locks } }
competencies:
  rust: { title: Rust, definition: Knows the language }
  design: { title: Design, definition: Weighs what to build }
`;

const scale = `
title: Depth
points:
  - { value: 1, label: Not shown, meaning: "None" }
  - { value: 2, label: Partial, meaning: "Some" }
  - { value: 3, label: Solid, meaning: "All" }
  - { value: 4, label: Outstanding, meaning: "More" }
not_assessed: true
bar: 3
recommendation: [Strong no hire, No hire, Hire, Strong hire]
`;

const packet = (title, sections) => `---
title: ${title}
level: senior
minutes: 55
competencies: [rust, design]
sections:
${sections}
---
## Opening
Hello.
## Closing
Goodbye.
`;

const guideOf = files => buildGuide({
  'content/taxonomy.yaml': taxonomy,
  'content/scales/depth-4.yaml': scale,
  'content/questions/locks/first.md': question('The first', '{ rust: 2, design: 1 }'),
  'content/questions/locks/second.md': question('The second', '{ rust: 1, design: 3 }'),
  'content/questions/locks/third.md': question('The third', '{ rust: 1 }'),
  'content/questions/locks/pilot.md': question('The pilot', '{ rust: 3 }'),
  ...files,
});
const SECTIONS = `  - { title: Read, pick: [first, second, third] }
  - { title: Try, pick: [pilot], unscored: true }`;
const guide = await guideOf({
  'content/packets/card.md': packet('A card to fill in', SECTIONS),
  'content/packets/other.md': packet('Another card', '  - { title: Read, pick: [first] }'),
});
/** The same packet later: the second question has become the first, and a third one is gone. */
const later = await guideOf({
  'content/packets/card.md': packet('A card to fill in', '  - { title: Read, pick: [second, first] }'),
});

const open = (page, site = guide.server, name = 'card') => page.goto(`${site}packets/${name}.html`);
const does = (page, name) => page.getByRole('button', { name, exact: true }).click();
const rate = (page, number, rating) => page.locator(`input[name="question-${number}-rating"][value="${rating}"]`).check();
const news = page => page.locator('.news');
const kept = page => page.locator('.kept');

/** What is filled in, by the name of its place. */
const filled = page => page.locator('form.packet').evaluate(form => Object.fromEntries([
  ...[...form.querySelectorAll(':is([type="text"], textarea)[name]')].map(input => [input.name, input.value]),
  ...[...form.querySelectorAll('.typed')].map(box => [box.getAttribute('aria-labelledby'), box.innerText]),
  ...[...form.querySelectorAll('input:checked')].map(box => [box.closest('label').textContent.trim(), box.closest('.sheet').id]),
].filter(([, value]) => value)));

async function fillIn(page) {
  await page.getByLabel('Candidate reference').fill('C-17');
  await page.getByLabel('The first began at').fill('10:05');
  await page.locator('#agenda').getByLabel('Silenced your messages').check();
  await page.locator('#question-1').getByLabel('Reads the code before speaking').check();
  await page.locator('#question-2').getByLabel('Guesses', { exact: true }).check();
  await page.locator('#question-2').getByLabel('2. What is read last?').check();
  await page.locator('#question-1').getByLabel('Evidence for it').fill('Named the lock');
  await page.locator('#question-1 .typed').fill('Said <b>that</b> it prints.\n# Then *ran* it.');
  await page.locator('#scripts .typed').fill('Who reviews code?');
  await rate(page, 1, 3);
  await rate(page, 2, 'n/a');
  await rate(page, 3, 4);
  await page.getByRole('radio', { name: 'Hire', exact: true }).check();
  await page.locator('#summary .typed').fill('Reads well.');
}

async function download(page, name) {
  const [file] = await Promise.all([page.waitForEvent('download'), does(page, name)]);
  const path = join(await temporaryFolder(), 'saved');
  await file.saveAs(path);
  return { name: file.suggestedFilename(), text: await readFile(path, 'utf8') };
}

/** Opens a saved card from a file that holds `text`. */
async function openSaved(page, text) {
  const path = join(await temporaryFolder(), 'card.json');
  await writeFile(path, text);
  await page.getByLabel('Open a saved card').setInputFiles(path);
}

for (const place of ['server', 'disk']) {
  scenario(`a card that is not kept is gone after a warning, and a kept one comes back (${place})`, async page => {
    const warnings = [];
    page.on('dialog', dialog => {
      warnings.push(dialog.type());
      return dialog.accept();
    });
    await open(page, guide[place]);
    await page.reload();
    assert.deepEqual(warnings, [], 'an empty card is nothing to warn of');

    await fillIn(page);
    const whole = await filled(page);
    assert(Object.keys(whole).length > 10);
    await page.reload();
    assert.deepEqual(warnings, ['beforeunload']);
    assert.deepEqual(await filled(page), {});
    assert.match(await kept(page).textContent(), /^Not kept/);

    await fillIn(page);
    await does(page, 'Keep on this device');
    assert.match(await kept(page).textContent(), /^Kept on this device since .*\d/);
    await page.getByLabel('Interviewer').fill('Somebody');
    await page.reload();
    assert.deepEqual(await filled(page), { ...whole, interviewer: 'Somebody' });
    assert.match(await kept(page).textContent(), /^Kept on this device since .*\d/);
    assert.equal(await page.getByRole('radio', { name: 'No hire', exact: true }).isEnabled(), true);

    await does(page, 'Forget what is kept');
    assert.match(await kept(page).textContent(), /^Not kept/);
    assert.deepEqual(await filled(page), { ...whole, interviewer: 'Somebody' });
    await page.getByLabel('Interviewer').fill('Nobody');
    await page.reload();
    assert.deepEqual(await filled(page), {});
    assert.deepEqual(warnings, ['beforeunload', 'beforeunload']);
  });

  scenario(`a card that was saved as JSON and cleared is filled in again (${place})`, async page => {
    await open(page, guide[place]);
    await fillIn(page);
    const whole = await filled(page);
    const saved = await download(page, 'Save as JSON');
    assert.match(saved.name, /^card_C-17_\d{4}-\d\d-\d\d\.json$/);

    await does(page, 'Clear');
    await does(page, 'Cancel');
    assert.deepEqual(await filled(page), whole);
    await does(page, 'Clear');
    await does(page, 'Clear the card');
    assert.deepEqual(await filled(page), {});

    await openSaved(page, saved.text);
    await news(page).getByText('Filled in.').waitFor();
    assert.deepEqual(await filled(page), whole);
    const again = JSON.parse((await download(page, 'Save as JSON')).text);
    assert.deepEqual({ ...again, saved: '' }, { ...JSON.parse(saved.text), saved: '' });
  });
}

scenario('the saved JSON is what the manual says', async page => {
  await page.clock.setFixedTime(new Date('2026-11-22T10:00:00Z'));
  await open(page);
  await fillIn(page);
  const { packet: { revision, ...packet }, ...card } = JSON.parse((await download(page, 'Save as JSON')).text);
  assert.match(revision, /^[0-9a-f]{8}$/);
  assert.deepEqual(packet, { id: 'card', title: 'A card to fill in' });
  assert.deepEqual(card, {
    format: 'askbook-scorecard',
    version: 1,
    saved: '2026-11-22T10:00:00.000Z',
    clock: { at: 'part-1', seconds: {} },
    session: {
      candidate: 'C-17',
      before: ['Silenced your messages'],
      'notes-questions': 'Who reviews code?',
      recommendation: 'Hire',
      reason: 'Reads well.',
    },
    questions: {
      first: {
        title: '1 The first',
        began: '10:05',
        rating: '3',
        'listen-for': ['Reads the code before speaking'],
        evidence: 'Named the lock',
        notes: 'Said <b>that</b> it prints.\n# Then *ran* it.',
      },
      second: { title: '2 The second', rating: 'n/a', 'red-flags': ['Guesses'], hints: ['What is read last?'] },
      third: { title: '3 The third', rating: '4' },
      pilot: { title: '4 The pilot' },
    },
    means: { rust: { mean: 3.33, bar: 3 }, design: { mean: 3, bar: 3 } },
  });
});

scenario('the saved Markdown is a readable record', async page => {
  await open(page);
  await fillIn(page);
  const { name, text } = await download(page, 'Save as Markdown');
  assert.match(name, /^card_C-17_.*\.md$/);
  const said = [
    '# Scorecard: A card to fill in', '- Candidate reference: C-17', '| Rust | 3.33 | 3 |', 'Recommendation: **Hire**',
    '> Reads well.', '## 1 The first', '- Rating: 3 (bar 3)', '- Evidence: Named the lock', '### Listen for',
    '- Reads the code before speaking', '> Said \\<b>that\\</b> it prints.', '> # Then \\*ran\\* it.', '- Rating: n/a (bar 3)',
    '### Hints', '- What is read last?', '## What the candidate asked', '> Who reviews code?',
  ];
  const lines = text.split('\n');
  assert.deepEqual(said.filter(line => !lines.includes(line)), []);
});

scenario('a file that is no card of this packet changes nothing, and is told', async page => {
  await open(page, guide.server, 'other');
  const other = (await download(page, 'Save as JSON')).text;
  await open(page);
  await page.getByLabel('Candidate reference').fill('C-17');
  const mine = JSON.parse((await download(page, 'Save as JSON')).text);
  const wrong = [
    ['not JSON', 'not a scorecard'],
    ['[]', 'not a scorecard'],
    ['null', 'not a scorecard'],
    [JSON.stringify({ ...mine, version: 2 }), 'another version'],
    [JSON.stringify({ ...mine, questions: { first: 1 } }), 'damaged'],
    [JSON.stringify({ ...mine, clock: null }), 'damaged'],
    [other, 'of another packet: Another card'],
    [`"${'x'.repeat(1_000_001)}"`, 'too large'],
  ];
  for (const [text, words] of wrong) {
    await openSaved(page, text);
    await news(page).getByText(words).waitFor();
    assert.deepEqual(await filled(page), { candidate: 'C-17' });
  }
});

scenario('a strange card fills in what fits, as text', async page => {
  await open(page);
  const mine = JSON.parse((await download(page, 'Save as JSON')).text);
  mine.session = { candidate: '<img src=x onerror=alert(1)>', interviewer: 7, reason: ['a'], __proto__: 'x', recommendation: 'Maybe' };
  mine.questions.first = { notes: '<script>alert(1)</script>', rating: '9', 'listen-for': 'all', hints: ['What is read first?', 'No'] };
  mine.clock = { at: 'nowhere', since: 'x', seconds: { first: 'many', second: -5 } };
  await openSaved(page, JSON.stringify(mine));
  await news(page).getByText('This has no place here').waitFor();
  const lost = ['first: rating', 'first: listen-for', 'first: hints', 'session: interviewer', 'session: reason', 'session: recommendation'];
  assert.equal(await news(page).textContent(), `Filled in. This has no place here: ${lost.join('; ')}.`);
  assert.deepEqual(await filled(page), {
    candidate: '<img src=x onerror=alert(1)>',
    'question-1-notes': '<script>alert(1)</script>',
    '1. What is read first?': 'question-1',
  });
});

scenario('a card of another revision is offered, and filled in by question', async page => {
  await open(page);
  await fillIn(page);
  await does(page, 'Keep on this device');
  const saved = (await download(page, 'Save as JSON')).text;
  const stored = await page.evaluate(() => Object.entries(localStorage));

  await open(page, later.server);
  await page.evaluate(entries => entries.forEach(([key, value]) => localStorage.setItem(key, value)), stored);
  await page.reload();
  const offer = page.getByRole('group', { name: 'A card of another revision' });
  await offer.getByText('This device keeps a card of revision').waitFor();
  assert.deepEqual(await filled(page), {}, 'nothing is filled in unasked');
  await does(page, 'Fill in what fits');
  await news(page).getByText('This has no place here: third: rating.').waitFor();
  const now = await filled(page);
  assert.equal(now['question-2-evidence'], 'Named the lock', 'the first question has become the second');
  assert.equal(now['question-1-evidence'], undefined);

  await does(page, 'Save as Markdown');
  await page.reload();
  await does(page, 'Forget it');
  assert.equal(await offer.isVisible(), false);
  assert.deepEqual(await page.evaluate(() => Object.keys(localStorage)), []);

  await openSaved(page, saved);
  await offer.getByText('This is a card of revision').waitFor();
  await does(page, 'Leave it');
  assert.equal(await offer.isVisible(), false);
  assert.deepEqual(await filled(page), {});
});

scenario('where nothing can be kept, the page says so', async page => {
  await page.addInitScript(() => {
    Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('refused', 'SecurityError'); } });
  });
  await open(page);
  await does(page, 'Keep on this device');
  assert.match(await news(page).textContent(), /does not let the page keep anything/);
  assert.match(await kept(page).textContent(), /^Not kept/);
  await page.getByLabel('Candidate reference').fill('C-17');
  assert.match((await download(page, 'Save as JSON')).text, /"candidate": "C-17"/);
});

scenario('two tabs do not overwrite what the other keeps', async page => {
  await open(page);
  await page.getByLabel('Candidate reference').fill('C-17');
  await does(page, 'Keep on this device');
  const other = await page.context().newPage();
  await open(other);
  assert.equal(await other.getByLabel('Candidate reference').inputValue(), 'C-17');
  await other.getByLabel('Candidate reference').fill('C-18');
  await news(page).getByText('Another tab changed what is kept').waitFor();
  assert.match(await kept(page).textContent(), /^Not kept/);
});

scenario('the means are those of paper, and leave out what was not asked', async page => {
  await open(page);
  const cells = name => page.locator(`[data-${name}]`).evaluateAll(all => all.map(cell => cell.value));
  await rate(page, 1, 4);
  assert.deepEqual([await cells('sum'), await cells('weights'), await cells('mean')], [['8', '4'], ['2', '1'], ['4.0', '4.0']]);
  await rate(page, 2, 2);
  // Rust: (4 × 2 + 2 × 1) / 3; design: (4 × 1 + 2 × 3) / 4.
  assert.deepEqual([await cells('sum'), await cells('weights'), await cells('mean')], [['10', '10'], ['3', '4'], ['3.3', '2.5']]);
  assert.deepEqual(await page.locator('.verdict li').allTextContents(), [
    'Rust: 3.33, reaches the bar of 3', 'Design: 2.5, below the bar of 3',
  ]);
  await rate(page, 2, 'n/a');
  assert.deepEqual([await cells('sum'), await cells('weights'), await cells('mean')], [['8', '4'], ['2', '1'], ['4.0', '4.0']]);
  await rate(page, 4, 1);
  assert.deepEqual(await cells('mean'), ['4.0', '4.0'], 'a pilot is not scored');
});

scenario('a recommendation waits for the ratings, and is asked for a reason where they disagree', async page => {
  await open(page);
  const group = page.getByRole('group', { name: 'Recommendation' });
  const choose = name => group.getByRole('radio', { name, exact: true }).check();
  const judgement = group.getByRole('status');
  const first = group.getByRole('radio').first();
  assert.equal(await first.isDisabled(), true);
  await rate(page, 1, 2);
  await rate(page, 3, 'n/a');
  assert.equal(await page.locator('.gate').textContent(), 'First rate every question, or tick N/A. Still open: 2. The second.');
  await rate(page, 2, 4);
  assert.equal(await first.isEnabled(), true);

  // Rust: (2 × 2 + 4 × 1) / 3 is below 3; design: (2 × 1 + 4 × 3) / 4 is not.
  await choose('No hire');
  assert.equal(await judgement.textContent(), '');
  await choose('Strong hire');
  assert.equal(await judgement.textContent(), 'You chose “Strong hire”, yet Rust is below the bar. Write the reason into the notes below.');
  await page.locator('#summary .typed').fill('The second question shows more.');
  assert.match(await judgement.textContent(), /Your reason stands below\.$/);
  await rate(page, 1, 4);
  assert.equal(await judgement.textContent(), '');
  await choose('No hire');
  assert.match(await judgement.textContent(), /yet every mean reaches its bar/);
});

scenario('the timer follows the agenda and says in words when time is up', async page => {
  const start = Date.parse('2026-11-22T10:00:00');
  const minutes = count => count * 60_000;
  let now = start + minutes(1);
  await page.clock.install({ time: start });
  await open(page);
  await page.clock.pauseAt(now);
  // The bar is written twice a second, so that it may be half a second late.
  const run = time => {
    now += time;
    return page.clock.runFor(time);
  };
  const sleep = time => {
    now += time;
    return page.clock.setSystemTime(now);
  };
  const timer = page.getByRole('region', { name: 'Timer' });
  const says = selector => timer.locator(selector).textContent();
  assert.equal(await says('.spent'), '0:00 of 5 min');

  await does(page, 'Start');
  await run(minutes(4) + 7_900);
  assert.equal(await says('.spent'), '4:07 of 5 min');
  assert.equal(await says('.session'), 'Session 4:07 of 55 min, on time');
  await does(page, 'Pause');
  await run(minutes(3));
  assert.equal(await says('.spent'), '4:07 of 5 min');
  await does(page, 'Go on');

  await does(page, 'Next');
  assert.equal(await says('.now'), 'Now: The first');
  assert.equal(await page.locator('.sheet.current h2').evaluate(heading => heading === document.activeElement), true);
  assert.equal(await page.locator('#agenda [aria-current="step"] td').nth(1).textContent(), 'The first');
  assert.equal(await page.getByLabel('The first began at').inputValue(), await page.evaluate(
    () => new Date().toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })));
  assert.equal(await page.getByLabel('Date', { exact: true }).inputValue(), '2026-11-22');

  await run(minutes(10) + 600);
  assert.equal(await says('.spent'), '10:00 of 10 min, time is up');
  assert.equal(await says('[role="status"]'), 'Time is up for “The first”.');
  // A tab that sleeps has no ticks: the first one after it tells the whole.
  await sleep(minutes(12));
  await run(1_200);
  assert.equal(await says('.spent'), '22:01 of 10 min, 12 min over');
  assert.equal(await says('.session'), 'Session 26:09 of 55 min, 11 min behind');

  for (const name of ['Next', 'Next', 'Next', 'Next', 'Finish']) await does(page, name);
  assert.equal(await says('.now'), 'Now: Score summary');
  assert.notEqual(await page.getByLabel('Ended', { exact: true }).inputValue(), '');
  const { clock } = JSON.parse((await download(page, 'Save as JSON')).text);
  assert.deepEqual(clock, { at: 'summary', seconds: { 'part-1': 247, first: 1321 } });
});

scenario('a kept clock runs on while its page is closed', async page => {
  await page.clock.install({ time: '2026-11-22T10:00:00' });
  await open(page);
  await does(page, 'Keep on this device');
  await does(page, 'Start');
  await page.clock.runFor(60_000);
  await page.reload();
  assert.match(await page.locator('.timer .spent').textContent(), /^1:0\d of 5 min$/);
  await page.clock.runFor(60_000);
  assert.match(await page.locator('.timer .spent').textContent(), /^2:\d\d of 5 min$/);
});

scenario('keys turn the pages outside of text fields only', async page => {
  await open(page);
  const now = () => page.locator('.timer .now a').textContent();
  await page.keyboard.press('Alt+ArrowDown');
  await page.keyboard.press('Alt+ArrowDown');
  assert.equal(await now(), 'The second');
  await page.keyboard.press('Alt+ArrowUp');
  assert.equal(await now(), 'The first');
  for (const box of [page.locator('#question-1 .typed'), page.getByLabel('Interviewer'), page.getByLabel('Paper')]) {
    await box.focus();
    await page.keyboard.press('Alt+ArrowDown');
    assert.equal(await now(), 'The first');
  }
});

// Without a smooth scroll, which would still be under way when the place is measured.
const PHONE = { viewport: { width: 390, height: 640 }, reducedMotion: 'reduce' };

scenario('the timer hides nothing that is in focus', PHONE, async page => {
  await open(page);
  const boxes = page.locator('form.packet :is(input, [contenteditable]):visible:enabled');
  const count = await boxes.count();
  assert(count > 60);
  for (let index = count - 1; index >= 0; index -= 7) {
    await boxes.nth(index).focus();
    const [bar, box] = await Promise.all([page.locator('.timer').boundingBox(), boxes.nth(index).boundingBox()]);
    assert(box.y >= bar.y + bar.height || box.y + box.height <= bar.y, `${index}: ${box.y} under ${bar.y + bar.height}`);
  }
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 390);
});

scenario('a card prints as filled in, on as many pages as an empty one', async page => {
  await open(page);
  const empty = await infoOf(await print(page));
  await page.emulateMedia({ media: 'screen' });
  await fillIn(page);
  await does(page, 'Start');
  const long = 'Named the lock, and the line that frees it. '.repeat(4);
  await page.locator('#question-2').getByLabel('Evidence for it').fill(long);
  const path = await print(page);
  assert.equal((await infoOf(path)).pages, empty.pages);
  const text = await textOf(path);
  assert.deepEqual(missing(['C-17', 'Named the lock', 'Said <b>that</b> it prints.', 'Reads well.', long], text), []);
  assert.deepEqual(missing(['Keep on this device', 'Pause', 'below the bar of'], text).length, 3, 'what is for the screen');
});

scenario('all scripts of the page are below 15 KB', async page => {
  const sizes = [];
  page.on('response', response => {
    if (response.url().endsWith('.js')) sizes.push(response.body().then(body => gzipSync(body).length));
  });
  await open(page);
  await page.waitForLoadState('networkidle');
  const sum = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  assert(sizes.length >= 5);
  assert(sum <= 15_000, `${sum} bytes`);
});

scenario('filling in a card asks nobody anything', async page => {
  await open(page);
  await page.waitForLoadState('networkidle');
  const requests = [];
  page.on('request', request => requests.push(request.url()));
  await fillIn(page);
  await does(page, 'Keep on this device');
  await does(page, 'Start');
  await download(page, 'Save as JSON');
  await download(page, 'Save as Markdown');
  assert.deepEqual(requests.filter(url => !url.startsWith('blob:')), []);
});
