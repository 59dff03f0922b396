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
    const count = await options.count() - 1;
    assert.equal(await status.textContent(), `${count} ${count === 1 ? 'result' : 'results'}.`);
    assert.equal(await status.getAttribute('aria-live'), 'polite');
    assert.match(await options.last().textContent(), /^(All|The) .*result.* for “number”/);

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
    assert.equal(await page.locator('img').count(), 0);
    await page.goto(`${guide[place]}index.html`);
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
  await page.goto(`${guide.server}index.html`);
  await page.getByRole('button', { name: 'Keyboard' }).click();
  await page.getByRole('checkbox', { name: 'Single keys do this' }).uncheck();
  await page.getByRole('button', { name: 'Close' }).click();
  await page.reload();
  await page.keyboard.press('/');
  assert(!(await isFocused(input)));
  assert(await page.locator('.search-key').isHidden(), 'a key that does nothing is not shown');
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

scenario('the list leaves the keys of a text field to the field', async page => {
  const { input, list, options } = boxOf(page);
  const active = () => input.getAttribute('aria-activedescendant');
  const caret = () => input.evaluate(({ selectionStart }) => selectionStart);
  await page.goto(`${guide.server}index.html`);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('number');
  await options.first().waitFor();
  for (const [key, place] of [['Home', 0], ['ArrowRight', 1], ['End', 6], ['ArrowLeft', 5]]) {
    await page.keyboard.press('ArrowDown');
    assert.equal(await active(), await options.first().getAttribute('id'));
    await page.keyboard.press(key);
    assert.deepEqual([await active(), await caret(), await list.isVisible()], ['', place, true], key);
  }
  await page.keyboard.press('Alt+ArrowUp');
  assert(await list.isHidden());
  await page.keyboard.press('Alt+ArrowDown');
  assert.deepEqual([await list.isVisible(), await active()], [true, '']);
  await page.keyboard.press('Tab');
  assert(await list.isHidden(), 'who goes on leaves no list behind');
});

scenario('the last option leads to all results', async page => {
  const { input, options } = boxOf(page);
  await page.goto(`${guide.server}questions/shared-tally.html`);
  await input.fill('the number');
  await options.first().waitFor();
  await input.press('ArrowUp');
  await input.press('Enter');
  await page.waitForURL(`${guide.server}search.html?q=the+number`);
});

scenario('keys that an input method uses do nothing else', async page => {
  const { input, list, options } = boxOf(page);
  await page.goto(`${guide.server}index.html`);
  await input.fill('number');
  await options.first().waitFor();
  await input.press('ArrowDown');
  for (const how of [{ isComposing: true }, { keyCode: 229 }]) {
    await input.dispatchEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true, ...how });
    await input.dispatchEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true, ...how });
  }
  assert(await list.isVisible());
  assert.equal(page.url(), `${guide.server}index.html`);
});

/** What the search page shows. */
function pageOf(page) {
  const place = page.locator('.search-page');
  const status = place.getByRole('status');
  return {
    input: place.getByRole('searchbox'),
    status,
    results: place.locator('.search-results > li'),
    tick: name => place.getByRole('checkbox', { name }),
    chip: name => place.getByRole('button', { name: `Remove ${name}` }),
    said: text => status.filter({ hasText: text }).waitFor(),
  };
}

scenario('a walk through the search page by keys alone', async page => {
  const { input, results, status, tick, chip, said } = pageOf(page);
  const focusOn = async locator => {
    for (let key = 0; key < 60 && !(await isFocused(locator)); key++) await page.keyboard.press('Tab');
    assert(await isFocused(locator));
  };
  await page.goto(`${guide.server}search.html`);
  await page.keyboard.press('/');
  assert(await isFocused(input), 'on this page the key leads to its own field');
  assert.equal(await status.textContent(), '', 'nothing is said before something is asked');
  await page.keyboard.type('the');
  await said(/^\d+ results\.$/);
  const all = await results.count();
  await page.waitForURL(/\?q=the$/);

  await focusOn(tick('Errors'));
  await page.keyboard.press('Space');
  await said(/^[12] results?\.$/);
  assert(await isFocused(tick('Errors')), 'the choice keeps the focus');
  assert.equal(new URL(page.url()).search, '?q=the&topic=errors');
  await focusOn(chip('Errors'));
  await page.keyboard.press('Enter');
  await said(`${all} results.`);
  assert(await isFocused(input), 'the focus is not lost with the chip');
  await page.goBack();
  await said(/^[12] results?\.$/);
  assert(await tick('Errors').isChecked());
  await page.goForward();
  await said(`${all} results.`);

  await focusOn(results.first().getByRole('link'));
  const title = await results.first().getByRole('link').textContent();
  await page.keyboard.press('Enter');
  await page.waitForURL(url => !url.pathname.endsWith('search.html'));
  assert.equal(await page.getByRole('heading', { level: 1 }).textContent(), title);
});

scenario('counts tell what each choice would leave', async page => {
  const { results, status, tick, said } = pageOf(page);
  const countOf = async name => Number(await tick(name).locator('xpath=..').locator('.search-count').textContent());
  await page.goto(`${guide.server}search.html`);
  // They come with the index.
  await page.locator('.search-count').filter({ hasText: /\d/ }).first().waitFor({ state: 'attached' });
  const before = { errors: await countOf('Errors'), locks: await countOf('Locks'), coding: await countOf('Coding') };
  assert.deepEqual([before, await status.textContent()], [{ errors: 2, locks: 3, coding: 3 }, '']);

  // Without a word, all that has the topic.
  await tick('Errors').check();
  await said('2 results.');
  assert.equal(await countOf('Locks'), 3, 'the other values of the facet are not narrowed down by it');
  assert.equal(await countOf('Coding'), 1);
  assert.match(await results.first().locator('.search-facts').textContent(), /^Question · (Coding|Debugging) · 10 min · Errors$/);
  await page.goto(`${guide.server}search.html?q=E0382`);
  await said('1 result.');
  assert(await tick('Coding').isDisabled());
  assert(await tick('Errors').isEnabled());
});

scenario('fields can be typed', async page => {
  const { input, said, tick } = pageOf(page);
  await page.goto(`${guide.server}search.html`);
  await input.pressSequentially('topic:err number level:none std::io ');
  await page.waitForURL(/topic=errors/);
  assert.equal(await input.inputValue(), 'number level:none std::io ', 'what names no value stays a word');
  assert(await tick('Errors').isChecked());
  await page.goto(`${guide.server}search.html?q=kind:debugging+name`);
  await page.waitForURL(/\?q=name&kind=debugging$/);
  await said(/results?\.$/);
});

scenario('who finds nothing is told what to try', async page => {
  const { input, said } = pageOf(page);
  const place = page.locator('.search-nothing');
  await page.goto(`${guide.server}search.html?q=lifffetttime`);
  await said('Nothing found for “lifffetttime”.');
  await place.getByRole('link', { name: 'lifetime' }).click();
  await said(/^\d+ results?\.$/);
  assert.equal(await input.inputValue(), 'lifetime');
  await page.goto(`${guide.server}search.html?q=onwership`);
  await said('1 result; “onwership” read as “ownership”.');
  await page.goto(`${guide.server}search.html?q=E0382&topic=locks`);
  await said('No result has all that is ticked.');
  await place.getByRole('button', { name: 'Clear all filters' }).click();
  await said('1 result.');
  assert.equal(new URL(page.url()).search, '?q=E0382');
});

scenario('the empty page says what can be asked', async page => {
  const { said } = pageOf(page);
  await page.goto(`${handbook.server}search.html`);
  const examples = page.getByRole('region', { name: 'What you can ask' });
  const names = await examples.getByRole('link').allTextContents();
  assert(names.includes('&str') && names.includes('E0502') && names.includes('Arc<Mutex'), names.join());
  for (const name of names) {
    await page.goto(`${handbook.server}search.html`);
    await examples.getByRole('link', { name, exact: true }).click();
    await said(/^\d+ results?\.$/);
    assert(await examples.isHidden(), name);
  }
});

scenario('more results follow on request, and are kept', async page => {
  const { results, said } = pageOf(page);
  await page.goto(`${handbook.server}search.html?q=candidate`);
  await said(/^\d+ results\.$/);
  assert.equal(await results.count(), 20);
  await page.getByRole('button', { name: 'Show more results' }).click();
  await results.nth(20).waitFor();
  assert(await isFocused(results.nth(20).getByRole('link')), 'reading goes on with the first new one');
  await page.reload();
  await results.nth(20).waitFor();
});

const cjk = await buildGuide({
  'content/questions/locks/ownership.md': question('所有権を学ぶ', {
    prompt: '値の所有者は一人だけです。',
    answer: '型システムが借用を検査します。',
  }),
  'content/questions/locks/locks.md': question('锁与线程', { prompt: '两个线程为什么会死锁？', answer: '它们以不同的顺序加锁。' }),
  'content/questions/errors/errors.md': question('오류 처리', { topic: 'errors', prompt: '함수가 실패하면 무엇을 돌려주나요?', answer: '결과를 돌려줍니다.' }),
});

for (const place of ['server', 'disk']) {
  scenario(`Chinese, Japanese and Korean are found by any part, and marked (${place})`, async page => {
    const { input, options } = boxOf(page);
    await page.goto(`${cjk[place]}index.html`);
    const finds = { 所有: '所有権を学ぶ', 借用: '所有権を学ぶ', 死锁: '锁与线程', 锁: '锁与线程', 오류: '오류 처리', 실패: '오류 처리' };
    for (const [typed, title] of Object.entries(finds)) {
      await input.fill('');
      await options.first().waitFor({ state: 'detached' });
      await input.fill(typed);
      await options.first().waitFor();
      assert.equal(await options.first().locator('.search-title').textContent(), title, typed);
      await options.first().locator('mark').filter({ hasText: typed }).first().waitFor();
    }
  });
}

scenario('on a phone the list has the width of the screen and the height above the keys', { viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true }, async page => {
  const { input, options, list } = boxOf(page);
  await page.goto(`${handbook.server}questions/moved-string.html`);
  await input.tap();
  await input.fill('lifetime');
  await options.first().waitFor();
  const { x, y, width, height } = await page.locator('.search-panel').boundingBox();
  assert.deepEqual([x, width], [0, 360]);
  assert(y + height <= 640, `ends at ${y + height}`);
  assert(await list.evaluate(element => element.scrollHeight > element.clientHeight), 'and the rest can be scrolled to');
  assert(await input.evaluate(element => parseFloat(getComputedStyle(element).fontSize)) >= 16, 'no browser enlarges the page');
  for (const option of await options.all()) assert((await option.boundingBox()).height >= 24);

  await page.goto(`${handbook.server}search.html?q=lock`);
  assert(await page.getByRole('checkbox', { name: 'Senior' }).isHidden());
  await page.getByText('Narrow down').tap();
  await page.getByRole('checkbox', { name: 'Senior' }).check();
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 360);
});

scenario('forced colours show which option is chosen', { forcedColors: 'active' }, async page => {
  const { input, options } = boxOf(page);
  await page.goto(`${guide.server}index.html`);
  await input.fill('number');
  await options.first().waitFor();
  await input.press('ArrowDown');
  const outlines = await options.evaluateAll(all => all.map(option => getComputedStyle(option).outlineStyle));
  assert.deepEqual(outlines.map(style => style !== 'none'), outlines.map((_, at) => at === 0));
});

scenario('without JavaScript search says where else to look', { javaScriptEnabled: false }, async page => {
  await page.goto(`${guide.server}index.html`);
  await page.getByRole('searchbox').fill('number');
  await page.getByRole('searchbox').press('Enter');
  await page.waitForURL(`${guide.server}search.html?q=number`);
  const main = page.getByRole('main');
  assert.equal(await main.locator('.js-only:visible').count(), 0);
  await main.getByRole('link', { name: 'All questions' }).click();
  await page.waitForURL(`${guide.server}questions/index.html`);
});
