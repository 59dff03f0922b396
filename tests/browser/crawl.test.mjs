// Every page of the guide, and every link between them.
import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { handbook, scenario, serve } from './support.mjs';

const AT_ONCE = 4;

const files = await readdir(handbook.folder, { recursive: true });
const pages = files.filter(file => file.endsWith('.html')).sort();

/** What a page says of itself and of others. Addresses are whole. */
const survey = () => ({
  headings: document.querySelectorAll('h1').length,
  ids: [...document.querySelectorAll('[id]')].map(element => element.id),
  links: [...document.querySelectorAll('a[href]')].map(link => link.href),
  addresses: [...document.querySelectorAll('[href], [src]')].map(element => element.href || element.src),
});

/** Opens every page below `site`, some at a time. */
async function openAll(context, site) {
  const found = new Map();
  const left = pages.map(path => site + path);
  await Promise.all(Array.from({ length: AT_ONCE }, async () => {
    const page = await context.newPage();
    for (let url; (url = left.pop());) {
      await page.goto(url);
      found.set(url, await page.evaluate(survey));
    }
  }));
  return found;
}

const withoutFragment = url => url.replace(/#.*/, '');

/** The addresses of the site that no file answers, and those whose fragment is not on the page. */
async function broken(found, site) {
  const { origin } = new URL(site);
  const answers = new Map();
  const faults = [];
  for (const [url, { addresses }] of found) {
    for (const address of addresses.filter(address => new URL(address).origin === origin)) {
      const target = withoutFragment(address);
      if (!answers.has(target)) answers.set(target, (await fetch(target)).status);
      if (answers.get(target) !== 200) faults.push(`${url} → ${address}: ${answers.get(target)}`);
      const fragment = decodeURIComponent(new URL(address).hash.slice(1));
      if (fragment && !found.get(target)?.ids.includes(fragment)) faults.push(`${url} → ${address}: no such place`);
    }
  }
  return faults;
}

// A sub-path is the harder case: what works there works at the root of a server as well.
scenario('every page opens below a sub-path, and every link leads somewhere', async page => {
  const site = await serve(handbook.folder, '/teams/hiring/guide/');
  const found = await openAll(page.context(), site);
  const headless = [...found].filter(([, { headings }]) => headings !== 1);
  assert.deepEqual(headless.map(([url, { headings }]) => `${url} has ${headings} h1`), []);
  assert.deepEqual(await broken(found, site), []);

  const linked = new Set([...found.values()].flatMap(({ links }) => links.map(withoutFragment)));
  const lonely = pages.filter(path => path !== '404.html' && !linked.has(site + path));
  assert.deepEqual(lonely, [], 'no link leads to these');
});

scenario('a reader who has the folder on disk gets everywhere by clicking', async page => {
  const follow = async link => {
    const target = await link.evaluate(link => link.href);
    if (!(await link.isVisible())) await link.locator('xpath=ancestor::details[1]/summary').click();
    await link.click();
    await page.waitForURL(withoutFragment(target));
    await page.getByRole('heading', { level: 1 }).waitFor();
  };
  await page.goto(`${handbook.disk}index.html`);
  const entries = page.getByRole('navigation', { name: 'Guide' }).locator('ul > :first-child').getByRole('link');
  const count = await entries.count();
  for (let index = 0; index < count; index += 1) {
    await follow(entries.nth(index));
    assert.equal(await entries.nth(index).getAttribute('aria-current'), 'page');
  }
  const main = page.getByRole('main');
  await follow(page.getByRole('link', { name: 'All questions' }));
  await follow(main.getByRole('rowheader').getByRole('link').first());
  await follow(main.locator('a[href*="topics/"]').first());
  await follow(page.locator('nav a[href*="packets/"]').first());
  await follow(main.getByRole('link', { name: 'during it' }));
  assert.equal(await page.title(), 'Interview hand-out');
});
