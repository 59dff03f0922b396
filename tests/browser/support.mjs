// What every browser test uses: guides to look at, and scenarios whose pages may not misbehave.
import assert from 'node:assert/strict';
import { cp, mkdtemp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { dirname, extname, join } from 'node:path';
import { after, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { REPOSITORY, build, chromium, prepare } from './prepare.mjs';

export { ASKBOOK, REPOSITORY } from './prepare.mjs';

const shared = process.env.ASKBOOK_TEST_RUN ? JSON.parse(process.env.ASKBOOK_TEST_RUN) : await prepare();
const browser = await chromium.connect(shared.browser);
const servers = [];
after(async () => {
  servers.forEach(server => server.close());
  await browser.close();
  await shared.end?.();
});

/** Where the pages of our sites begin. A request to anywhere else leaves the site. */
export const sites = new Set();

/** The repository's own guide, for interviewers and for candidates. */
export const handbook = await siteOf(shared.handbook);
export const handOuts = await siteOf(shared.handOuts);
/** A guide that is hard to show and to print. */
export const torture = await siteOf(shared.torture);

/** Our own guide in the theme that has no script. */
export const plain = await siteOf(shared.plain);

/** A built guide as its readers may have it: from a web server, and from disk. */
export async function siteOf(folder) {
  const disk = `${pathToFileURL(folder)}/`;
  sites.add(disk);
  return { folder, server: await serve(folder), disk };
}

export function temporaryFolder() {
  return mkdtemp(join(shared.folder, 'own-'));
}

/** Writes a guide of its own into a new folder: `files` by path, beside the least that every guide has. */
export async function writeGuide(files) {
  const root = await temporaryFolder();
  const least = {
    'askbook.yaml': 'title: A small guide\n',
    'content/taxonomy.yaml': `
levels: { senior: { title: Senior } }
topics: { locks: { title: Locks }, errors: { title: Errors } }
competencies: { rust: { title: Rust, definition: Knows the language } }
`,
    'content/scales/depth-4.yaml': `
title: Depth
points:
  - { value: 1, label: Not shown, meaning: "None" }
  - { value: 2, label: Partial, meaning: "Some" }
  - { value: 3, label: Solid, meaning: "All" }
  - { value: 4, label: Outstanding, meaning: "More" }
bar: 3
recommendation: [No hire, Hire]
`,
  };
  for (const [path, text] of Object.entries({ ...least, ...files })) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  return root;
}

/** Builds the guide in `root`, a folder below the repository, with `files` in the place of its own. */
export async function buildFixture(root, files = {}) {
  const copy = await temporaryFolder();
  await cp(join(REPOSITORY, root, 'content'), join(copy, 'content'), { recursive: true });
  await cp(join(REPOSITORY, root, 'askbook.yaml'), join(copy, 'askbook.yaml'));
  for (const [path, text] of Object.entries(files)) await writeFile(join(copy, path), text);
  return siteOf(await build(copy, 'interviewer', join(await temporaryFolder(), 'public')));
}

export async function buildGuide(files) {
  return siteOf(await build(await writeGuide(files), 'interviewer', join(await temporaryFolder(), 'public')));
}

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.woff2': 'font/woff2',
};

/** Serves `folder` below `mount` and nothing else, and names no default file: links must be whole. */
export async function serve(folder, mount = '/') {
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://127.0.0.1').pathname);
    try {
      assert(path.startsWith(mount));
      const bytes = await readFile(join(folder, path.slice(mount.length)));
      response.writeHead(200, {
        'content-type': TYPES[extname(path)],
        'cache-control': 'max-age=60',
        'content-security-policy': "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'",
      });
      response.end(bytes);
    } catch {
      response.writeHead(404).end();
    }
  });
  servers.push(server);
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  const site = `http://127.0.0.1:${server.address().port}${mount}`;
  sites.add(site);
  return site;
}

/** A page that loops for ever fails its test and no other. */
const PATIENCE = 60_000;

/** A test with a page of its own. It fails as well when any page it opened left the site or met an error. */
export function scenario(title, options, story) {
  if (!story) return scenario(title, {}, options);
  const { patience = PATIENCE, ...ofContext } = options;
  return test(title, { timeout: patience }, async t => {
    const context = await browser.newContext(ofContext);
    const complaints = await listen(context);
    try {
      await story(await context.newPage(), t);
    } finally {
      await context.close();
      complaints.forEach(complaint => t.diagnostic(complaint));
    }
    assert.deepEqual(complaints, []);
  });
}

/** Collects what no page of ours may do. */
async function listen(context) {
  const complaints = [];
  context.on('request', request => {
    const url = request.url();
    const isOurs = url.startsWith('data:') || [...sites].some(site => url.startsWith(site));
    if (!isOurs) complaints.push(`request that leaves the site: ${url}`);
  });
  context.on('console', message => {
    const { url } = message.location();
    // Browsers ask for this by themselves, once a site.
    if (message.type() === 'error') complaints.push(`${url}: ${message.text()}`);
  });
  context.on('weberror', error => complaints.push(`${error.page().url()}: ${error.error()}`));
  context.on('dialog', async dialog => {
    // A story that expects one answers it.
    if (dialog.page()?.listenerCount('dialog')) return;
    complaints.push(`dialog: ${dialog.message()}`);
    await dialog.dismiss();
  });
  await context.addInitScript(() => {
    addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
      console.error(`refused by the policy: ${violatedDirective}, ${blockedURI}`);
    });
  });
  return complaints;
}
