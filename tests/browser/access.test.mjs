// axe-core finds nothing to complain of, on any kind of page and in any state that a script makes.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pageKinds } from './page-kinds.mjs';
import { REPOSITORY, handOuts, handbook, scenario, torture } from './support.mjs';

const AXE = readFileSync(join(REPOSITORY, 'target/browser-tests/node_modules/axe-core/axe.min.js'), 'utf8');

/** WCAG 2.2 AA, and what axe calls good practice. `target-size` is off unless it is asked for. */
const EVERYTHING = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  rules: { 'target-size': { enabled: true } },
};
/** What may be another in the dark. */
const COLOURS = { runOnly: { type: 'tag', values: ['cat.color'] }, rules: { 'color-contrast-enhanced': { enabled: false } } };
/** Style sheets are read as they apply: to fetch them again is refused to a page on disk. */
const QUICK = { resultTypes: ['violations'], preload: false };

/** A page so large says no more than the same kind of page of the smaller guide. */
const LARGE = 300_000;

const combobox = page => page.locator('form.search').getByRole('combobox');
const search = async page => {
  await combobox(page).fill('mutex');
  await page.locator('form.search').getByRole('option').first().waitFor();
};

/** What a script makes of a page of `kind`: `make` brings it about. */
const STATES = [
  { name: 'with the list of results open', kind: /^home/, make: search },
  {
    name: 'with a result chosen',
    kind: /^questions question/,
    make: async page => {
      await search(page);
      await combobox(page).press('ArrowDown');
    },
  },
  {
    name: 'with results',
    kind: /^searching/,
    query: '?q=mutex',
    make: page => page.locator('.search-page .search-results > li').first().waitFor(),
  },
  {
    name: 'without results',
    kind: /^searching/,
    query: '?q=qqqqqq',
    make: page => page.locator('.search-page').getByRole('status').filter({ hasText: '“' }).waitFor(),
  },
  {
    name: 'filled in, its clock running',
    kind: /^packets packet-page/,
    make: async page => {
      await page.locator('input[name="question-1-rating"][value="1"]').check();
      await page.locator('input[name="question-2-rating"][value="n/a"]').check();
      await page.getByRole('button', { name: 'Start', exact: true }).click();
      await page.getByRole('button', { name: 'Clear', exact: true }).focus();
    },
  },
];

const smaller = pageKinds(torture.folder);
const ours = pageKinds(handbook.folder).map(view => {
  const same = view.html.length > LARGE && smaller.find(({ kind }) => kind === view.kind);
  return same ? { ...same, site: torture } : { ...view, site: handbook };
});
// Both editions hold the same hand-outs.
const theirs = pageKinds(handOuts.folder).filter(({ html }) => !ours.some(view => view.html === html))
  .map(view => ({ ...view, site: handOuts }));
const views = [...ours, ...theirs]
  .flatMap(view => [view, ...STATES.filter(({ kind }) => kind.test(view.kind)).map(state => ({ ...view, ...state }))]);

/** What is folded away is looked at as well. */
const unfold = () => document.querySelectorAll('details').forEach(details => { details.open = true; });

/** What axe says of the view when it looks for `rules`: an entry for each element and rule. */
async function complaintsOf(page, { site, path, query = '', name = '', make }, place, rules) {
  await page.goto(site[place] + path + query);
  await page.evaluate(unfold);
  await make?.(page);
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(options => window.axe.run(options), { ...rules, ...QUICK });
  return violations.flatMap(({ id, help, nodes }) => nodes
    .map(({ target, failureSummary }) => `${path} ${name}: ${id} (${help}): ${target.join(' ')}\n${failureSummary}`));
}

const AT_ONCE = 3;
const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

// All is seen from a server and from disk. What has nothing to do with colours is the same in the dark.
for (const { title, place, rules, ...options } of [
  { title: 'nothing on a desktop', place: 'disk', rules: EVERYTHING, colorScheme: 'light' },
  { title: 'nothing on a phone', place: 'server', rules: EVERYTHING, colorScheme: 'light', ...PHONE },
  { title: 'no colours that are hard to tell apart in the dark on a desktop', place: 'server', rules: COLOURS, colorScheme: 'dark' },
  { title: 'no colours that are hard to tell apart in the dark on a phone', place: 'disk', rules: COLOURS, colorScheme: 'dark', ...PHONE },
]) {
  scenario(`axe finds ${title}`, { ...options, reducedMotion: 'reduce', patience: 180_000 }, async first => {
    const left = views.toReversed();
    const complaints = [];
    const look = async page => {
      for (let view; (view = left.pop());) complaints.push(...await complaintsOf(page, view, place, rules));
    };
    const others = await Promise.all(Array.from({ length: AT_ONCE - 1 }, () => first.context().newPage()));
    const tabs = [first, ...others];
    // A packet that is filled in asks before it is left.
    for (const tab of tabs) tab.on('dialog', dialog => dialog.accept());
    await Promise.all(tabs.map(look));
    assert.equal(complaints.length, 0, complaints.join('\n\n'));
  });
}

// Axe judges the page as it is written; what a screen reader gets is made by the browser, which looks at the layout, too.
scenario('a table is still a table where a phone lays out its rows as blocks', PHONE, async page => {
  const browser = await page.context().newCDPSession(page);
  for (const kind of ['questions question', 'questions list index', 'packets packet-page']) {
    const { path } = ours.find(view => view.kind === kind);
    await page.goto(handbook.server + path);
    const { nodes } = await browser.send('Accessibility.getFullAXTree');
    const count = role => nodes.filter(node => !node.ignored && node.role?.value === role).length;
    assert(count('table') > 0 && count('rowheader') > 1 && count('row') > 1 && count('cell') > 1, path);
  }
});
