// Runs the test files in their own processes, as node does, with one browser and one built guide for all.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { prepare } from './prepare.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const files = readdirSync(here).filter(name => name.endsWith('.test.mjs'));

const { end, ...shared } = await prepare();
const options = ['--test', '--test-concurrency=2', '--test-reporter=spec'];
const tests = spawn(process.execPath, [...options, ...files], {
  cwd: here,
  env: { ...process.env, ASKBOOK_TEST_RUN: JSON.stringify(shared) },
  stdio: 'inherit',
});
process.once('exit', () => tests.kill());
const [code] = await once(tests, 'exit');
await end();
process.exitCode = code ?? 1;
