// The second theme: every kind of page, from disk, without a script of its own.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { pageKinds } from './page-kinds.mjs';
import { REPOSITORY, plain, scenario, temporaryFolder } from './support.mjs';

const AXE = readFileSync(join(REPOSITORY, 'target/browser-tests/node_modules/axe-core/axe.min.js'), 'utf8');
/** A page so large takes a minute; what it shows, smaller pages show as well. */
const LARGE = 300_000;
const PACKET = 'packets/senior-systems.html';
const pages = pageKinds(plain.folder);

/** What a reader of the page meets. */
const survey = () => {
  const { color } = getComputedStyle(document.body);
  const bright = colour => colour.match(/[\d.]+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0);
  return {
    headings: document.querySelectorAll('h1').length,
    scripts: document.scripts.length,
    isDark: bright(color) > 400,
    unstyled: [...document.querySelectorAll('link[rel~="stylesheet"]')].filter(it => !it.sheet).length,
    excess: document.documentElement.scrollWidth - innerWidth,
  };
};

for (const javaScriptEnabled of [true, false]) {
  for (const colorScheme of ['light', 'dark']) {
    const options = { javaScriptEnabled, colorScheme, viewport: { width: 360, height: 740 } };
    scenario(`every kind of page opens on a phone, ${colorScheme}, JavaScript ${javaScriptEnabled ? 'on' : 'off'}`, options, async page => {
      for (const { path } of pages) {
        await page.goto(plain.disk + path);
        const found = await page.evaluate(survey);
        const expected = { headings: 1, scripts: 0, isDark: colorScheme === 'dark', unstyled: 0, excess: 0 };
        assert.deepEqual(found, expected, path);
      }
    });
  }
}

for (const colorScheme of ['light', 'dark']) {
  scenario(`axe finds nothing on any kind of page, ${colorScheme}`, { colorScheme, patience: 120_000 }, async page => {
    for (const { path, html } of pages.filter(({ html }) => html.length < LARGE)) {
      await page.goto(plain.disk + path);
      await page.evaluate(AXE);
      const rules = { 'target-size': { enabled: true }, 'color-contrast-enhanced': { enabled: false } };
      const { violations } = await page.evaluate(
        rules => window.axe.run({ rules, resultTypes: ['violations'], preload: false }), rules);
      const found = violations.flatMap(({ id, nodes }) => nodes.map(node => `${id}: ${node.html}`));
      assert.deepEqual(found, [], `${path}, ${html.length} characters`);
    }
  });
}

scenario('everything is found by links alone', { javaScriptEnabled: false }, async page => {
  await page.goto(`${plain.disk}index.html`);
  const follow = async name => {
    await page.getByRole('link', { name, exact: true }).first().click();
    await page.waitForLoadState();
  };
  await follow('Find');
  await follow('Threads and shared state');
  await follow('Safe but wrong');
  assert.equal(await page.getByRole('heading', { level: 1 }).textContent(), 'Safe but wrong');
});

scenario('a packet is printed with boxes, lines and running heads', async (page, t) => {
  await page.goto(plain.disk + PACKET);
  await page.emulateMedia({ media: 'print' });
  const seen = await page.evaluate(() => {
    const box = element => getComputedStyle(element, '::before').borderTopWidth !== '0px';
    const all = selector => [...document.querySelectorAll(selector)];
    return {
      questions: all('article.sheet').length,
      boxless: all('.sheet .ticks li, .rubric .tick').filter(it => !box(it)).length,
      lines: all('article.sheet').map(it => it.querySelectorAll('.lines i').length),
      hidden: all('.masthead, .colophon, .screen-only').filter(it => it.checkVisibility()).length,
    };
  });
  assert.deepEqual(seen, { questions: 3, boxless: 0, lines: [10, 10, 10], hidden: 0 });
  const path = join(await temporaryFolder(), 'packet.pdf');
  await page.pdf({ path, preferCSSPageSize: true });
  const text = (await promisify(execFile)('pdftotext', ['-layout', path, '-'])).stdout;
  const pages = text.split('\f').slice(0, -1);
  t.diagnostic(`${pages.length} pages`);
  pages.forEach((text, at) => assert.match(text, new RegExp(`Page ${at + 1} of ${pages.length}`)));
  for (const part of ['Candidate reference', 'Agenda', 'Read it aloud', 'Listen for', 'Outstanding', 'Score summary']) {
    assert(text.toLowerCase().includes(part.toLowerCase()), part);
  }
});
