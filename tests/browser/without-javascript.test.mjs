// The guide is whole without JavaScript.
import assert from 'node:assert/strict';
import { pageKinds } from './page-kinds.mjs';
import { handOuts, handbook, scenario } from './support.mjs';

/** What is on the page and yet cannot be seen. */
const hidden = elements =>
  elements.evaluateAll(all => all.filter(element => !element.checkVisibility()).map(element => element.textContent));

for (const place of ['server', 'disk']) {
  scenario(`from home to a packet by links alone (${place})`, { javaScriptEnabled: false }, async page => {
    const main = page.getByRole('main');
    const follow = async link => {
      await link.click();
      await page.waitForLoadState();
    };
    await page.goto(`${handbook[place]}index.html`);
    await follow(main.getByRole('link', { name: /^\d+ questions$/ }));
    assert.match(page.url(), /questions\/index\.html$/);

    await follow(main.getByRole('link', { name: 'The cache refresh that hangs' }));
    for (const text of ['Many threads of a service', 'fn refresh(cache', 'Listen for', 'Red flags', 'Not shown']) {
      assert(await main.getByText(text).first().isVisible(), text);
    }
    assert.deepEqual(await hidden(main.locator('h1, h2, h3, pre, td, p')), []);

    await follow(main.locator('a[href$="packets/senior-systems.html"]').first());
    const parts = ':is(h1, h2, h3, pre, td, p):not(.loose, .js-only, .js-only *)';
    assert.deepEqual(await hidden(main.locator(parts)), []);
    assert((await main.locator(parts).count()) > 30);
    assert.equal(await page.locator('.js-only:visible').count(), 0, 'what needs JavaScript is not offered');
  });
}

for (const place of ['server', 'disk']) {
  scenario(`every kind of page is whole (${place})`, { javaScriptEnabled: false }, async page => {
    for (const site of [handbook, handOuts]) {
      for (const { path } of pageKinds(site.folder)) {
        await page.goto(site[place] + path);
        assert.equal(await page.locator('.js-only:visible').count(), 0, `${path} offers what needs JavaScript`);
        assert(await page.getByRole('heading', { level: 1 }).isVisible(), path);
        // What is folded away opens without a script. Forms hold what only paper shows, and narrow lists leave out columns.
        const left = '.loose, .js-only, .js-only *, details *, form *, [hidden], [hidden] *, [role="status"], .question-table td';
        const texts = page.locator(`main :is(h2, h3, pre, td, p):not(${left})`);
        assert.deepEqual(await hidden(texts), [], path);
      }
    }
  });
}
