// Runs the test files in their own processes, as node does, with one browser and the guides built once for all.
import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { run } from 'node:test';
import { spec as Spec } from 'node:test/reporters';
import { prepare } from './prepare.mjs';

const here = import.meta.dirname;
// Those that take longest begin first, so that none of them is still at it when all others have ended.
const LONG = ['packet', 'access', 'pdf', 'hand-out', 'book', 'scorecard', 'keyboard'].map(name => `${name}.test.mjs`);
const others = readdirSync(here).filter(name => name.endsWith('.test.mjs') && !LONG.includes(name));
const files = [...LONG, ...others].map(name => join(here, name));
// A file waits for the browser half of its time, and the browser for it.
const concurrency = availableParallelism() + 1;

const { end, ...shared } = await prepare();
process.env.ASKBOOK_TEST_RUN = JSON.stringify(shared);
process.chdir(here);
const tests = run({ files, concurrency });
tests.on('test:fail', () => { process.exitCode = 1; });
tests.once('end', end);
tests.compose(Spec).pipe(process.stdout);
