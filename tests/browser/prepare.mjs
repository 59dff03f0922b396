// What a whole run shares: one browser, and the guides that many tests look at, built once.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));
export const ASKBOOK = join(REPOSITORY, 'target/debug/askbook');

// `tests/run` installs it there, so that the source tree stays free of it.
export const { chromium } = createRequire(join(REPOSITORY, 'target/browser-tests/'))('playwright-core');

const BROWSER = {
  executablePath: process.env.ASKBOOK_BROWSER ?? '/usr/bin/chromium',
  args: [
    '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync',
  ],
};

/** Builds one edition of the guide at `root` into `folder`. */
export async function build(root, edition, folder) {
  await promisify(execFile)(ASKBOOK, ['build', '--root', root, '--edition', edition, '--out', folder]);
  return folder;
}

/** Builds the repository's own guide for interviewers, in the theme that has no script. */
async function buildPlain(folder) {
  const root = join(folder, 'plain-guide');
  for (const name of ['content', 'themes']) await cp(join(REPOSITORY, name), join(root, name), { recursive: true });
  const config = await readFile(join(REPOSITORY, 'askbook.yaml'), 'utf8');
  await writeFile(join(root, 'askbook.yaml'), config.replace('theme: handbook', 'theme: plain'));
  return build(root, 'interviewer', join(folder, 'plain'));
}

/** Starts what the tests need. `end` stops it; the folder goes with the process. */
export async function prepare() {
  const folder = mkdtempSync(join(tmpdir(), 'askbook-browser-'));
  process.once('exit', () => rmSync(folder, { recursive: true }));
  const [browser, handbook, handOuts, torture, plain] = await Promise.all([
    chromium.launchServer(BROWSER),
    build(REPOSITORY, 'interviewer', join(folder, 'public')),
    build(REPOSITORY, 'candidate', join(folder, 'public-candidate')),
    build(join(REPOSITORY, 'tests/fixtures/torture'), 'interviewer', join(folder, 'torture')),
    buildPlain(folder),
  ]);
  const guides = { handbook, handOuts, torture, plain };
  return { browser: browser.wsEndpoint(), folder, ...guides, end: () => browser.close() };
}
