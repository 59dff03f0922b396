// The coverage page: what only the reader's day and the reader's browser know.
import assert from 'node:assert/strict';
import { buildGuide, handbook, scenario } from './support.mjs';

const question = (title, reviewed) => `---
title: ${title}
kind: concept
levels: [senior]
competencies: { rust: 1 }
minutes: 10
status: pilot
reviewed: ${reviewed}
---
Why.

## Prompt
What?
`;

const guide = await buildGuide({
  'askbook.yaml': 'title: Reviews\ncheck: { stale_after_days: 30 }\n',
  'content/questions/locks/first.md': question('The first', '2026-01-01'),
  'content/questions/locks/second.md': question('The second', '2026-01-31'),
  'content/questions/errors/third.md': question('The third', '2026-01-31'),
});

const marks = page => page.locator('.oldest tr:has(.stale-mark) th').allTextContents();

for (const [today, sentence, marked] of [
  ['2026-01-31T12:00:00', 'None is stale today', []],
  ['2026-02-01T00:05:00', '1 is stale today', ['The first']],
  ['2026-03-02T23:55:00', '1 is stale today', ['The first']],
  ['2026-03-03T00:05:00', '3 are stale today', ['The first', 'The third', 'The second']],
]) {
  for (const [timezoneId, offset] of [['Pacific/Auckland', '+13:00'], ['America/Los_Angeles', '-08:00']]) {
    scenario(`on ${today} in ${timezoneId}: ${sentence}`, { timezoneId }, async page => {
      await page.clock.setFixedTime(new Date(today + offset));
      await page.goto(`${guide.disk}coverage.html`);
      const freshness = page.getByRole('region', { name: 'Freshness' });
      assert.equal(await freshness.locator('[data-stale-sum]').textContent(), sentence);
      assert.deepEqual((await marks(page)).sort(), [...marked].sort());
      assert.equal(await page.getByText('A review counts for 30 days').isVisible(), false);
    });
  }
}

scenario('without JavaScript a sentence says which date to compare', { javaScriptEnabled: false }, async page => {
  await page.goto(`${guide.server}coverage.html`);
  const hint = 'A review counts for 30 days: compare the dates with today.';
  assert(await page.getByText(hint).isVisible());
  assert.equal(await page.locator('.stale-mark, [data-stale-sum]:visible').count(), 0);
  assert(await page.getByRole('cell', { name: '2026-03-02' }).first().isVisible(), 'the last day that is recent enough');
});

scenario('a tile leads to its questions, a row to its competency', async page => {
  await page.goto(`${handbook.server}coverage.html`);
  const map = page.getByRole('region', { name: 'Competency by level' }).last();
  const row = map.getByRole('row').filter({ has: page.getByRole('rowheader', { name: 'Debugging', exact: true }) });
  const tile = row.getByRole('link', { name: /^6 first \+4 also \d+ min$/ });
  await tile.click();
  await page.waitForURL(/questions\/index\.html\?competency=debugging&level=senior$/);
  await page.goBack();
  await row.getByRole('link', { name: 'Debugging', exact: true }).click();
  await page.waitForURL(/competencies\/debugging\.html$/);
});

for (const width of [360, 390, 768, 1920]) {
  scenario(`nothing sticks out at ${width} pixels`, { viewport: { width, height: 800 } }, async page => {
    for (const site of [handbook, guide]) {
      await page.goto(`${site.server}coverage.html`);
      const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert(over <= 0, `${over} pixels`);
      const small = await page.locator('main a.tile, main summary').evaluateAll(links =>
        links.filter(link => link.checkVisibility() && link.getBoundingClientRect().height < 24).length);
      assert.equal(small, 0, 'targets are large enough');
    }
  });
}

scenario('on paper closed lists are open and shades are grey', async page => {
  await page.goto(`${handbook.server}coverage.html`);
  await page.emulateMedia({ media: 'print' });
  const seen = await page.locator('main details li').evaluateAll(all => all.every(it => it.getBoundingClientRect().height > 0));
  assert(seen);
  const shades = await page.locator('td .tile').evaluateAll(tiles =>
    tiles.map(tile => getComputedStyle(tile).backgroundColor).filter(it => it !== 'rgba(0, 0, 0, 0)'));
  const isGrey = colour => new Set(colour.match(/\d+/g).slice(0, 3)).size === 1;
  assert(shades.length > 10 && shades.every(isGrey), shades.join());
});
