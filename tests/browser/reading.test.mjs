// A question as it is read: its keys, its prompt to copy and to show alone, and where one goes from it.
import assert from 'node:assert/strict';
import { handbook, scenario } from './support.mjs';

const QUESTION = 'questions/cache-refresh-hangs.html';

for (const place of ['server', 'disk']) {
  scenario(`single keys turn pages and open the prompt alone (${place})`, async page => {
    await page.goto(handbook[place] + QUESTION);
    const next = await page.locator('a[rel="next"]').evaluate(link => link.href);
    await page.keyboard.press('n');
    await page.waitForURL(next);
    await page.keyboard.press('p');
    await page.waitForURL(`**/${QUESTION}`);

    const opened = page.waitForEvent('popup');
    await page.keyboard.press('o');
    const alone = await opened;
    await alone.waitForLoadState();
    assert.match(alone.url(), /\/prompts\/[0-9a-f]{8}\.html$/);
    assert.equal(await alone.title(), 'Interview hand-out', 'the tab says nothing');
    assert.equal(await alone.getByRole('heading', { level: 1 }).innerText(), 'A cache refresh');
    assert(!/Listen for|Red flags|read guard/.test(await alone.locator('body').innerText()));
  });
}

scenario('keys are listed, can be switched off, and leave what is typed alone', async page => {
  await page.goto(handbook.server + QUESTION);
  await page.keyboard.press('?');
  const list = page.getByRole('dialog', { name: 'Keyboard' });
  await list.waitFor();
  await list.getByLabel('Single keys do this').uncheck();
  await page.keyboard.press('Escape');
  await list.waitFor({ state: 'hidden' });
  await page.keyboard.press('?');
  await page.keyboard.press('/');
  await page.keyboard.press('n');
  assert(!(await list.isVisible()));
  assert.match(page.url(), /cache-refresh-hangs/);
  assert.notEqual(await page.evaluate(() => document.activeElement.tagName), 'INPUT');

  await page.reload();
  await page.getByRole('button', { name: 'Keyboard' }).click();
  assert(!(await list.getByLabel('Single keys do this').isChecked()), 'the choice is kept');
  await list.getByLabel('Single keys do this').check();
  await list.getByRole('button', { name: 'Close' }).click();
  await page.getByRole('combobox').fill('');
  await page.keyboard.type('n?p');
  assert.equal(await page.getByRole('combobox').inputValue(), 'n?p');
  assert.match(page.url(), /cache-refresh-hangs/);
});

scenario('the prompt is copied as it is said, with its code', { permissions: ['clipboard-read', 'clipboard-write'] }, async page => {
  await page.goto(handbook.server + QUESTION);
  const copy = page.locator('.aloud header').getByRole('button', { name: 'Copy' });
  await copy.click();
  await page.getByRole('button', { name: 'Copied' }).waitFor();
  const text = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(text, /^Many threads of a service/);
  assert.match(text, /\n\nuse std::sync::RwLock;\n/);
  assert(!/Copy|Ground rules/.test(text), text);
});

scenario('the contents follow the reader', async page => {
  await page.setViewportSize({ width: 1440, height: 800 });
  await page.goto(handbook.server + QUESTION);
  const contents = page.getByRole('navigation', { name: 'On this page' });
  await page.locator('#hints').evaluate(heading => heading.scrollIntoView({ block: 'start', behavior: 'instant' }));
  await contents.locator('a[aria-current][href="#hints"]').waitFor();
  assert.equal(await contents.locator('[aria-current]').count(), 1);
});

scenario('the menu opens where the reader is', async page => {
  await page.setViewportSize({ width: 1440, height: 700 });
  await page.goto(handbook.server + QUESTION);
  const menu = page.getByRole('navigation', { name: 'Guide' });
  const here = menu.locator('[aria-current]');
  assert.equal(await here.innerText().then(text => text.split('\n')[0]), 'Temporaries and drop order');
  assert(await here.isVisible());
  assert.equal(await menu.locator('details details[open]').count(), 1, 'the others stay folded');
  await page.goto(`${handbook.server}packets/senior-systems.html`);
  assert.match(await here.innerText(), /Senior backend/);
});
