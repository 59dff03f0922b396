// Everything can be reached and done by keyboard, and the eye can follow. The sizes of targets are axe's business.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pageKinds } from './page-kinds.mjs';
import { handOuts, handbook, scenario } from './support.mjs';

/** What has the focus and does not look so, or lies wholly under something else, whichever way one came to it. */
const lost = () => {
  const isReached = element => element.tabIndex >= 0 && element.checkVisibility({ visibilityProperty: true });
  const all = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')]
    .filter(element => !element.matches(':disabled') && isReached(element));
  // An input may be hidden in a label that looks like a button, or before what is drawn in its place.
  const isHidden = element => element.matches('input') && (element.matches('.visually-hidden') || getComputedStyle(element).opacity === '0');
  const shownBy = element => (isHidden(element) && element.closest('label')) || element;
  const lookOf = element => (isHidden(element) ? [element.closest('label'), element.nextElementSibling] : [element])
    .filter(Boolean)
    .map(shown => getComputedStyle(shown))
    .map(({ outlineStyle, outlineWidth, outlineColor, boxShadow }) => {
      const isOutlined = outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
      return `${isOutlined ? `${outlineStyle} ${outlineWidth} ${outlineColor}` : ''} ${boxShadow}`;
    })
    .join();
  const isHit = (element, x, y) => {
    const hit = document.elementFromPoint(x, y);
    return hit && (element.contains(hit) || hit.contains(element) && hit.matches('a, button, label, li'));
  };
  const isSeen = element => [...element.getClientRects()].some(({ left, top, width, height }) => [0.1, 0.5, 0.9]
    .some(part => isHit(element, left + width / 2, top + height * part) || isHit(element, left + 3, top + height * part)));
  const nameOf = element => element.outerHTML.replace(/\s+/g, ' ').slice(0, 100);

  document.activeElement.blur();
  const looks = new Map(all.map(element => [element, lookOf(element)]));
  const faults = [];
  for (const element of [...all, ...all.toReversed()]) {
    element.focus({ focusVisible: true });
    if (document.activeElement !== element) faults.push(`takes no focus: ${nameOf(element)}`);
    if (lookOf(element) === looks.get(element)) faults.push(`looks the same with the focus: ${nameOf(element)}`);
    if (!isSeen(shownBy(element))) faults.push(`cannot be seen: ${nameOf(element)}`);
  }
  return { count: all.length, faults: [...new Set(faults)] };
};

const PHONE = { viewport: { width: 360, height: 640 } };
for (const [title, options] of [['on a desktop', {}], ['on a phone', PHONE]]) {
  scenario(`the focus is always seen ${title}`, { reducedMotion: 'reduce', patience: 120_000, ...options }, async page => {
    const found = [];
    let stops = 0;
    for (const site of [handbook, handOuts]) {
      for (const { path } of pageKinds(site.folder)) {
        await page.goto(site.server + path);
        const { count, faults } = await page.evaluate(lost);
        stops += count;
        found.push(...faults.map(fault => `${path} ${fault}`));
      }
    }
    assert.deepEqual(found, []);
    assert(stops > 500, 'there was much to look at');
  });
}

const isFocused = locator => locator.evaluate(element => element === document.activeElement);

/** Presses Tab until `locator` has the focus. */
async function tabTo(page, locator, key = 'Tab') {
  const title = String(locator);
  for (let left = 250; left > 0; left -= 1) {
    if (await isFocused(locator)) return;
    await page.keyboard.press(key);
  }
  assert.fail(`${title} is out of the keyboard's reach`);
}

const codePath = pageKinds(handbook.folder).find(({ kind }) => kind === 'questions question').path;
assert(readFileSync(join(handbook.folder, codePath), 'utf8').includes('<pre'), 'a question with code is walked through');

for (const place of ['server', 'disk']) {
  const options = place === 'server' ? { permissions: ['clipboard-read', 'clipboard-write'] } : {};
  scenario(`a question by keyboard: past the menu, to a part, code copied, the next one (${place})`, options, async page => {
    const main = page.getByRole('main');
    await page.goto(handbook[place] + codePath);
    await page.keyboard.press('Tab');
    const skip = page.locator('a.skip');
    assert(await isFocused(skip), 'the first stop leads past the menu');
    await page.keyboard.press('Enter');
    await page.waitForURL(/#page--content$/);
    await page.keyboard.press('Tab');
    assert(await main.evaluate(main => main.contains(document.activeElement)), 'the next stop is in the text');

    await tabTo(page, main.locator('.contents a[href="#rubric"]'));
    await page.keyboard.press('Enter');
    await page.waitForURL(/#rubric$/);
    const { top, below } = await page.locator('#rubric').evaluate(heading => ({
      top: heading.getBoundingClientRect().top,
      below: document.querySelector('.masthead').getBoundingClientRect().bottom,
    }));
    assert(top >= below, 'the part begins below the masthead');

    const copy = main.locator('.copy').last();
    await tabTo(page, copy, 'Shift+Tab');
    await page.keyboard.press('Enter');
    await main.locator('.copy').filter({ hasText: 'Copied' }).waitFor();
    if (place === 'server') {
      const code = await main.locator('.code-frame pre').last().textContent();
      assert.equal(await page.evaluate(() => navigator.clipboard.readText()), code);
    }

    const next = main.locator('.pager a').last();
    const target = await next.evaluate(link => link.href);
    await tabTo(page, next);
    await page.keyboard.press('Enter');
    await page.waitForURL(target);
  });
}

scenario('a packet by keyboard: rated, ticked, written on and timed', async page => {
  await page.goto(`${handbook.server}packets/senior-systems.html`);
  const first = page.locator('#question-1');
  const tick = first.getByRole('checkbox').first();
  await tabTo(page, page.getByRole('button', { name: 'Start', exact: true }));
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Next' }).waitFor();

  await tabTo(page, tick);
  await page.keyboard.press('Space');
  assert(await tick.isChecked());
  const ratings = first.locator('input[name="question-1-rating"]');
  await tabTo(page, ratings.first());
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowDown');
  assert(await ratings.nth(1).isChecked(), 'arrows go through the ratings');
  const notes = first.locator('.typed').first();
  await tabTo(page, notes);
  await page.keyboard.type('Asked about load first.');
  assert.equal(await notes.innerText(), 'Asked about load first.');
  await page.keyboard.press('Tab');
  assert(!(await isFocused(notes)), 'Tab leaves the notes');
  const value = await ratings.nth(1).getAttribute('value');
  assert.equal(await page.locator('#summary .rated').first().evaluate(cell => cell.value), value);
  page.on('dialog', dialog => dialog.accept());
});
