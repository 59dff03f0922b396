// Search as it is used: by keyboard, from a server and from disk.
import assert from 'node:assert/strict';
import { buildGuide, handbook, scenario } from './support.mjs';

const question = (title, { topic = 'locks', kind = 'coding', aliases = '', prompt, answer }) => `---
title: ${JSON.stringify(title)}
topics: [${topic}]
kind: ${kind}
levels: [senior]
competencies: { rust: 1 }
minutes: 10
aliases: [${aliases}]
---
## Prompt
${prompt}

## Answer
${answer}
`;

const SCRIPT = '<img src=x onerror=alert(1)>';

const guide = await buildGuide({
  'content/questions/locks/shared-tally.md': question('Many threads, one number', {
    prompt: 'Let every thread add to one number.',
    answer: 'Wrap the number in an `Arc<Mutex<T>>` and lock it for each addition.',
    aliases: 'shared-counter',
  }),
  'content/questions/errors/passing-on.md': question('Passing a failure on', {
    topic: 'errors',
    prompt: 'The caller should learn what went wrong.',
    answer: 'Put `?` after the call; `From` turns one failure into the other.',
  }),
  'content/questions/locks/which-reference.md': question('Which reference comes back', {
    kind: 'debugging',
    prompt: 'The signature names a lifetime twice. What does it promise?',
    answer: "Both are `'a`, so the result lives no longer than the shorter of the two.",
  }),
  'content/questions/errors/used-again.md': question('Ownership, and a name used again', {
    topic: 'errors',
    kind: 'debugging',
    prompt: 'The compiler reports E0382. Why?',
    answer: 'The string was moved to another name, and the first one was printed after the move.',
  }),
  'content/questions/locks/markup.md': question(`A title with ${SCRIPT}`, {
    prompt: `A page shows a comment as it was typed: \`${SCRIPT}\`.`,
    answer: `The comment \`${SCRIPT}\` has to be escaped.`,
  }),
});

const FINDS = {
  'Arc<Mutex<T>>': 'Many threads, one number',
  '?': 'Passing a failure on',
  "'a": 'Which reference comes back',
  E0382: 'Ownership, and a name used again',
  lifet: 'Which reference comes back',
  onwership: 'Ownership, and a name used again',
  'shared-counter': 'Many threads, one number',
};

/** The search box in the header of `page`, and what belongs to it. */
function boxOf(page) {
  const form = page.locator('form.search');
  return {
    input: form.getByRole('combobox'),
    list: form.getByRole('listbox', { includeHidden: true }),
    options: form.getByRole('option'),
    status: form.getByRole('status'),
  };
}

const isFocused = locator => locator.evaluate(element => element === document.activeElement);

for (const place of ['server', 'disk']) {
  scenario(`slash, a word, arrows and Enter open a page (${place})`, async page => {
    const { input, list, options, status } = boxOf(page);
    await page.goto(`${guide[place]}index.html`);
    await page.keyboard.press('/');
    assert(await isFocused(input));
    assert.equal(await input.inputValue(), '');
    assert.equal(await input.getAttribute('aria-expanded'), 'false');
    assert.equal(await input.getAttribute('aria-controls'), await list.getAttribute('id'));

    await page.keyboard.insertText('number');
    await options.first().waitFor();
    assert.equal(await input.getAttribute('aria-expanded'), 'true');
    const count = await options.count();
    assert.equal(await status.textContent(), `${count} ${count === 1 ? 'result' : 'results'}.`);
    assert.equal(await status.getAttribute('aria-live'), 'polite');

    const active = () => input.getAttribute('aria-activedescendant');
    assert.equal(await active(), '', 'nothing is chosen before an arrow is pressed');
    await page.keyboard.press('ArrowDown');
    assert.equal(await active(), await options.first().getAttribute('id'));
    assert.equal(await options.first().getAttribute('aria-selected'), 'true');
    await page.keyboard.press('ArrowUp');
    assert.equal(await active(), '');
    await page.keyboard.press('ArrowUp');
    assert.equal(await active(), await options.last().getAttribute('id'));
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    assert(await isFocused(input), 'the focus stays in the box');

    await page.keyboard.press('Enter');
    await page.waitForURL(`${guide[place]}questions/shared-tally.html`);
    assert.equal(await page.getByRole('heading', { level: 1 }).textContent(), 'Many threads, one number');
  });

  scenario(`code, an error number, a beginning, a slip and an alias are found (${place})`, async page => {
    const { input, list, options } = boxOf(page);
    await page.goto(`${guide[place]}questions/index.html`);
    for (const [typed, title] of Object.entries(FINDS)) {
      await input.fill('');
      await list.waitFor({ state: 'hidden' });
      await input.fill(typed);
      await options.first().waitFor();
      assert.equal(await options.first().locator('.search-title').textContent(), title, typed);
    }
  });

  scenario(`a search can be linked to, narrowed and gone back to (${place})`, async page => {
    const results = page.locator('.search-page .search-results > li');
    const status = page.locator('.search-page').getByRole('status');
    const said = text => status.filter({ hasText: text }).waitFor();
    await page.goto(`${guide[place]}search.html?q=name`);
    await said(/^\d+ results\.$/);
    const all = await results.count();
    const found = results.filter({ hasText: 'Ownership, and a name used again' });
    // The text comes after the result.
    await found.locator('.search-excerpt').filter({ hasText: 'moved to another name' }).waitFor();
    assert((await found.locator('.search-excerpt mark').allTextContents()).includes('name'));

    await page.getByRole('group', { name: 'Topic' }).getByRole('checkbox', { name: 'Errors' }).check();
    await said(/^1 result\.$/);
    assert(all > 1 && page.url().includes('topic='), page.url());
    await page.reload();
    await said(/^1 result\.$/);
    assert(await page.getByRole('checkbox', { name: 'Errors' }).isChecked());
    await page.goBack();
    await said(/^\d+ results\.$/);
    assert.equal(await results.count(), all);

    await found.getByRole('link').click();
    await page.waitForURL(`${guide[place]}questions/used-again.html`);
  });

  scenario(`markup is text, whoever wrote it (${place})`, async page => {
    const { input, options } = boxOf(page);
    const texts = page.locator('.search-page');
    await page.goto(`${guide[place]}search.html?q=${encodeURIComponent(SCRIPT)}`);
    await texts.getByRole('link').filter({ hasText: SCRIPT }).first().waitFor();
    await page.goto(`${guide[place]}search.html?q=${encodeURIComponent('<img src=qqq onerror=alert(2)>qqqqqq')}`);
    await texts.getByRole('status').filter({ hasText: '“' }).waitFor();
    await input.fill(SCRIPT);
    await options.filter({ hasText: SCRIPT }).first().waitFor();
    assert.equal(await page.locator('img').count(), 0);
    await options.filter({ hasText: SCRIPT }).first().click();
    await page.waitForURL(`${guide[place]}questions/markup.html`);
    assert.equal(await page.getByRole('heading', { level: 1 }).textContent(), `A title with ${SCRIPT}`);
    assert.equal(await page.locator('img').count(), 0);
  });
}

scenario('Escape closes the list, then empties the box', async page => {
  const { input, list, options } = boxOf(page);
  await page.goto(`${guide.server}index.html`);
  await page.keyboard.press('/');
  await page.keyboard.insertText('number');
  await options.first().waitFor();
  await page.keyboard.press('Escape');
  assert(await list.isHidden());
  assert.equal(await input.getAttribute('aria-expanded'), 'false');
  assert.equal(await input.inputValue(), 'number');
  await page.keyboard.press('ArrowDown');
  assert(await list.isVisible(), 'an arrow opens it again');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  assert.equal(await input.inputValue(), '');
  assert(await isFocused(input));
});

scenario('Ctrl+K goes to the search box from anywhere, a slash only from outside a field', async page => {
  const { input } = boxOf(page);
  await page.goto(`${handbook.server}packets/senior-systems.html`);
  const field = page.getByLabel('Room or link');
  await field.click();
  await page.keyboard.type('a/b');
  assert.equal(await field.inputValue(), 'a/b');
  await page.keyboard.press('Control+k');
  assert(await isFocused(input));
  await page.keyboard.type('c/d');
  assert.equal(await input.inputValue(), 'c/d');
});

scenario('the slash key can be switched off', async page => {
  const { input } = boxOf(page);
  await page.goto(`${guide.server}search.html`);
  await page.getByRole('checkbox', { name: 'The / key opens search' }).uncheck();
  await page.goto(`${guide.server}index.html`);
  await page.keyboard.press('/');
  assert(!(await isFocused(input)));
  await page.keyboard.press('Control+k');
  assert(await isFocused(input));
});

scenario('the box searches on a page of its own when nothing in the list is chosen', async page => {
  const { input, options } = boxOf(page);
  await page.goto(`${guide.server}index.html`);
  await input.fill('number');
  await options.first().waitFor();
  await input.press('Enter');
  await page.waitForURL(`${guide.server}search.html?q=number`);
  await page.locator('.search-page').getByRole('link', { name: 'Many threads, one number' }).waitFor();
});
