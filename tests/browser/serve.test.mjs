// `askbook serve`: an open page follows what is saved.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ASKBOOK, scenario, sites, writeGuide } from './support.mjs';

const PATH = 'content/questions/locks/guard.md';
const question = prompt => `---
title: A guard that lives too long
topics: [locks]
kind: coding
levels: [senior]
competencies: { rust: 1 }
minutes: 10
---
## Prompt
${prompt}

## Answer
Drop it earlier.
`;

/** Serves the guide at `root` on a free port, and waits until there is something to see. */
async function serve(root) {
  const server = spawn(ASKBOOK, ['serve', '--port', '0', '--root', root], { stdio: ['ignore', 'ignore', 'pipe'] });
  process.once('exit', () => server.kill());
  const lines = createInterface({ input: server.stderr });
  const address = new Promise((resolve, reject) => {
    lines.on('line', line => {
      const found = line.match(/http:\/\/[\d.:]+\//);
      if (found) resolve(found[0]);
    });
    lines.on('close', () => reject(new Error('`askbook serve` ended before it named its address')));
  });
  const stop = async () => {
    server.kill();
    await once(server, 'exit');
  };
  while ((await fetch(await address)).status === 503);
  return { address: await address, stop };
}

scenario('an open page renews itself, shows what is wrong, and recovers', async page => {
  const root = await writeGuide({ [PATH]: question('How long is the lock held?') });
  const save = text => writeFile(join(root, PATH), text);
  const { address, stop } = await serve(root);
  sites.add(address);
  try {
    await page.goto(`${address}questions/guard.html`);
    await page.getByText('How long is the lock held?').waitFor();

    await save(question('When is the guard dropped?'));
    await page.getByText('When is the guard dropped?').waitFor();

    await save(question('Broken.').replace('topics: [locks]', 'topics: [lcoks]'));
    const overlay = page.getByRole('dialog', { name: 'The guide could not be built' });
    await overlay.waitFor();
    const problems = await overlay.locator('pre').textContent();
    assert(problems.includes(PATH), problems);
    assert(problems.includes('unknown topic `lcoks`'), problems);
    assert(await page.getByText('When is the guard dropped?').isVisible(), 'the last good page stays below');

    await save(question('Where would you put the block?'));
    await page.getByText('Where would you put the block?').waitFor();
    await overlay.waitFor({ state: 'hidden' });

    await save(question('Broken again.').replace('minutes: 10', 'minutes: many'));
    await overlay.filter({ hasText: 'many' }).waitFor();
    await page.keyboard.press('Escape');
    await overlay.waitFor({ state: 'hidden' });
  } finally {
    await page.close();
    await stop();
  }
});
