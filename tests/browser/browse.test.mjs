// Lists of questions: narrowed down, sorted, shared and undone, by mouse, by keyboard and without a script.
import assert from 'node:assert/strict';
import { buildGuide, scenario } from './support.mjs';

const question = (title, { levels, kind = 'coding', minutes, competencies = 'rust: 1', status = 'draft', reviewed, topics = 'locks', summary = '' }) => `---
title: ${JSON.stringify(title)}
summary: ${JSON.stringify(summary || `About ${title.toLowerCase()}.`)}
topics: [${topics}]
kind: ${kind}
levels: [${levels}]
competencies: { ${competencies} }
minutes: ${minutes}
status: ${status}
${reviewed ? `introduced: 2026-01-01\nreviewed: ${reviewed}\nreviewers: [ada]\n` : ''}---
## Prompt
What does it do?

## Answer
It waits.
`;

const guide = await buildGuide({
  'content/taxonomy.yaml': `
levels: { junior: { title: Junior }, mid: { title: Mid }, senior: { title: Senior } }
topics: { locks: { title: Locks, group: concurrency }, channels: { title: Channels, group: concurrency }, errors: { title: Errors, group: language } }
competencies: { rust: { title: Rust, definition: Knows the language }, debugging: { title: Debugging, definition: Finds causes } }
`,
  'content/questions/locks/deadlock.md': question('Deadlock', {
    levels: 'mid, senior', kind: 'debugging', minutes: 15, competencies: 'debugging: 2, rust: 1', reviewed: '2026-02-01',
  }),
  'content/questions/locks/atomics.md': question('Atomics', { levels: 'senior', minutes: 30, status: 'pilot' }),
  'content/questions/errors/zero-division.md': question('Zero division', {
    levels: 'junior', minutes: 8, topics: 'errors', summary: 'A mutex appears in the summary alone.', reviewed: '2026-03-01',
  }),
  'content/questions/errors/backtrace.md': question('Backtrace', {
    levels: 'junior, mid', kind: 'debugging', minutes: 12, topics: 'errors', competencies: 'debugging: 1',
  }),
});
const ALL = 'questions/index.html';

/** What a reader of the list `page` can use and see. */
function listOf(page) {
  const main = page.getByRole('main');
  const facet = name => main.getByRole('group', { name, exact: true });
  return {
    status: main.getByRole('status'),
    titles: () => main.locator('tbody tr:visible th a').allTextContents(),
    choice: (name, value) => facet(name).getByRole('checkbox', { name: value }),
    counts: async name => Object.fromEntries(await facet(name).locator('label').evaluateAll(labels =>
      labels.map(label => [label.children[1].textContent, Number(label.lastElementChild.textContent)]))),
    chips: () => main.getByRole('list', { name: 'Chosen' }).getByRole('button').allTextContents(),
    chip: name => main.getByRole('button', { name: `Remove ${name}` }),
    clear: main.locator('.found').getByRole('button', { name: 'Clear all' }),
    words: main.getByRole('searchbox'),
    sort: main.getByRole('combobox', { name: 'Sort' }),
    view: name => main.getByRole('radio', { name }),
    header: name => main.getByRole('columnheader', { name }),
  };
}

const open = async (page, address = ALL, place = 'server') => {
  await page.goto(guide[place] + address);
  return listOf(page);
};
/** As some browsers do for pages that are opened from disk. */
const refuseHistory = () => {
  history.pushState = history.replaceState = () => { throw new DOMException('refused', 'SecurityError'); };
};
const stateOf = page => page.evaluate(() => location.search || location.hash);
const focused = page => page.evaluate(() => document.activeElement.textContent || document.activeElement.name);
const says = async (status, text) => assert.equal(await status.textContent(), text);

scenario('choices of one facet are alternatives, facets combine, and counts leave their own facet out', async page => {
  const { choice, counts, titles, status } = await open(page);
  await says(status, '4 questions, 65 minutes');
  assert.deepEqual(await counts('Level'), { Junior: 2, Mid: 2, Senior: 2 });
  assert.deepEqual(await counts('Minutes'), { '6–10': 1, '11–15': 2, '21–30': 1 });
  assert.deepEqual(await counts('Status'), { Draft: 3, Pilot: 1 });

  await choice('Level', 'Senior').check();
  assert.deepEqual(await titles(), ['Atomics', 'Deadlock']);
  await says(status, '2 of 4 questions, 45 minutes');
  assert.deepEqual(await counts('Level'), { Junior: 2, Mid: 2, Senior: 2 }, 'its own choice does not count');
  assert.deepEqual(await counts('Topic'), { Locks: 2, Errors: 0 });
  assert(await choice('Topic', 'Errors').isDisabled(), 'what leads to nothing is shown, and cannot be chosen');

  await choice('Level', 'Junior').check();
  assert.equal((await titles()).length, 4);
  await choice('Kind', 'Debugging').check();
  assert.deepEqual((await titles()).sort(), ['Backtrace', 'Deadlock']);
  assert.deepEqual(await counts('Kind'), { Coding: 2, Debugging: 2 });
  assert.deepEqual(await counts('Level'), { Junior: 1, Mid: 2, Senior: 1 });
});

scenario('chips take a choice away, and the focus stays at hand', async page => {
  const { choice, chips, chip, clear, words, titles, status } = await open(page, `${ALL}?level=junior&level=senior&kind=debugging&q=back`);
  assert.deepEqual(await titles(), ['Backtrace']);
  assert.deepEqual(await chips(), ['Level: Junior', 'Level: Senior', 'Kind: Debugging', 'Words: “back”']);
  await chip('Level: Junior').click();
  assert.match(await focused(page), /Level: Senior/, 'the next chip');
  await chip('Words').click();
  assert.match(await focused(page), /Kind: Debugging/, 'the last chip');
  assert.equal(await words.inputValue(), '');
  assert.deepEqual(await titles(), ['Deadlock']);
  await clear.click();
  assert.equal(await choice('Level', 'Senior').isChecked(), false);
  assert.deepEqual(await chips(), []);
  await says(status, '4 questions, 65 minutes');
  assert.equal(await focused(page), '4 questions, 65 minutes');
  assert.equal(await stateOf(page), '');
});

for (const place of ['server', 'disk', 'disk without history']) {
  scenario(`the address holds what is shown, and Back undoes a step (${place})`, async page => {
    const isRefused = place === 'disk without history';
    if (isRefused) await page.context().addInitScript(refuseHistory);
    const { choice, titles, sort, view } = await open(page, ALL, place.split(' ')[0]);
    await choice('Level', 'Senior').check();
    await sort.selectOption('Shortest first');
    await view('Cards').check();
    const state = await stateOf(page);
    assert.equal(state, `${isRefused ? '#' : '?'}level=senior&sort=minutes&view=cards`);
    const shown = ['Deadlock', 'Atomics'];
    assert.deepEqual(await titles(), shown);

    const friend = await page.context().newPage();
    const shared = await open(friend, ALL + state, place.split(' ')[0]);
    assert.deepEqual(await shared.titles(), shown);
    assert(await shared.view('Cards').isChecked());

    await page.goBack();
    assert(await view('Table').isChecked());
    await page.goBack();
    assert.deepEqual(await titles(), ['Atomics', 'Deadlock'], 'in reading order');
    await page.goBack();
    assert.equal((await titles()).length, 4);
    assert.equal(await choice('Level', 'Senior').isChecked(), false);
    await page.goForward();
    assert.equal((await titles()).length, 2);
  });
}

scenario('a list is sorted by its headers, too', async page => {
  const { header, sort, titles } = await open(page);
  const press = name => header(name).getByRole('button').click();
  await press('Minutes');
  assert.equal(await header('Minutes').getAttribute('aria-sort'), 'ascending');
  assert.deepEqual(await titles(), ['Zero division', 'Backtrace', 'Deadlock', 'Atomics']);
  await press('Minutes');
  assert.equal(await header('Minutes').getAttribute('aria-sort'), 'descending');
  assert.equal(await sort.inputValue(), '-minutes');
  await press('Question');
  assert.deepEqual(await titles(), ['Atomics', 'Backtrace', 'Deadlock', 'Zero division']);
  assert.equal(await header('Minutes').getAttribute('aria-sort'), null);
  await press('Question');
  assert.equal(await sort.inputValue(), 'order');
  await sort.selectOption('Recently reviewed');
  assert.deepEqual((await titles()).slice(0, 2), ['Zero division', 'Deadlock']);
  assert(await page.getByRole('cell', { name: '2026-03-01' }).isVisible(), 'what it is sorted by can be seen');
});

scenario('words are looked for in titles and summaries, and an empty list says what to do', async page => {
  const { words, titles, clear } = await open(page);
  await words.fill('MUTEX');
  assert.deepEqual(await titles(), ['Zero division']);
  await words.fill('mutex deadlock');
  assert.deepEqual(await titles(), []);
  const nothing = page.locator('.nothing');
  assert.match(await nothing.innerText(), /No question fits all of this\. Use fewer or other words\./);
  assert.match(await nothing.getByRole('link').getAttribute('href'), /search\.html\?q=mutex\+deadlock$/);
  await page.waitForURL(/q=mutex/);
  await nothing.getByRole('button', { name: 'Clear all' }).click();
  assert.equal((await titles()).length, 4);
  assert.equal(await clear.isVisible(), false);
});

scenario('the view is remembered on the device, and the address wins over it', async page => {
  const { view } = await open(page);
  await view('Cards').check();
  await open(page, 'topics/errors.html');
  assert(await view('Cards').isChecked());
  await open(page, `${ALL}?view=table`);
  assert(await view('Table').isChecked());
});

scenario('the keyboard alone narrows down, sorts, shows and clears', async page => {
  const { choice, words, sort, view, chip, titles } = await open(page);
  /** Goes on by Tab to what `locator` names. */
  const reach = async locator => {
    for (let step = 0; step < 60; step += 1) {
      if (await locator.evaluate(element => element === document.activeElement)) return;
      await page.keyboard.press('Tab');
    }
    assert.fail(`Tab does not reach ${locator}`);
  };
  await reach(choice('Level', 'Mid'));
  await page.keyboard.press('Space');
  await reach(choice('Kind', 'Debugging'));
  await page.keyboard.press('Space');
  assert(await choice('Kind', 'Debugging').evaluate(element => element === document.activeElement));
  await reach(words);
  await page.keyboard.type('back');
  assert.deepEqual(await titles(), ['Backtrace']);
  await reach(sort);
  await page.keyboard.type('Long');
  assert.equal(await sort.inputValue(), '-minutes');
  await reach(view('Table'));
  await page.keyboard.press('ArrowRight');
  assert(await view('Cards').isChecked());
  await reach(chip('Words'));
  await page.keyboard.press('Enter');
  assert.deepEqual(await titles(), ['Deadlock', 'Backtrace']);
  assert.match(await focused(page), /Kind: Debugging/);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  assert.match(await focused(page), /^4 questions/);
  await reach(page.getByRole('main').getByRole('link', { name: 'Atomics' }));
  await page.keyboard.press('Enter');
  await page.waitForURL(/questions\/atomics\.html$/);
  await page.goBack();
  assert.equal((await titles()).length, 4);
});

scenario('a question that Back hides gives its focus to the number of matches', async page => {
  const { choice, titles } = await open(page, `${ALL}?level=mid`);
  await choice('Level', 'Mid').uncheck();
  await page.getByRole('main').getByRole('link', { name: 'Atomics' }).focus();
  await page.goBack();
  assert.equal((await titles()).length, 2);
  assert.equal(await focused(page), '2 of 4 questions, 27 minutes');
});

scenario('the page of a competency is narrowed down in both its parts', async page => {
  const { choice, status } = await open(page, 'competencies/rust.html');
  const part = name => page.getByRole('region', { name });
  await says(status, '3 questions, 53 minutes');
  assert(await part('Also read by').isVisible());
  await choice('Level', 'Junior').check();
  await says(status, '1 of 3 questions, 8 minutes');
  assert.equal(await part('Also read by').isVisible(), false, 'a part without a match');
});

scenario('on a phone the facets are behind a button that counts them', { viewport: { width: 360, height: 740 } }, async page => {
  const { choice, titles } = await open(page);
  const button = page.locator('.narrow summary');
  assert.equal(await choice('Level', 'Mid').isVisible(), false);
  await button.click();
  await choice('Level', 'Mid').check();
  assert.match(await button.innerText(), /1 chosen/);
  await page.getByRole('button', { name: 'Show 2 questions' }).click();
  assert.equal(await choice('Level', 'Mid').isVisible(), false);
  assert.match(await focused(page), /^2 of 4/);
  assert.equal((await titles()).length, 2);
  assert(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'nothing is wider than the phone');
});

scenario('without JavaScript the whole list links to a page of each value', { javaScriptEnabled: false }, async page => {
  await open(page);
  const main = page.getByRole('main');
  assert.equal(await main.getByRole('row').count(), 5);
  assert.equal(await main.locator('input:visible, select:visible, button:visible').count(), 0);
  const links = await main.getByRole('navigation', { name: 'Narrow down' }).getByRole('link').evaluateAll(all => all.map(it => it.getAttribute('href')));
  assert.deepEqual(links.map(it => it.slice('../'.length)), [
    'levels/junior.html', 'levels/mid.html', 'levels/senior.html', 'kinds/coding.html', 'kinds/debugging.html',
    'competencies/rust.html', 'competencies/debugging.html', 'topics/locks.html', 'topics/errors.html',
  ]);
  await main.getByRole('link', { name: 'Errors' }).click();
  await page.waitForURL(/topics\/errors\.html$/);
  assert.deepEqual(await main.getByRole('rowheader').getByRole('link').allTextContents(), ['Backtrace', 'Zero division']);
});
