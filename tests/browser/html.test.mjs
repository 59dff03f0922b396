// The Nu HTML checker finds nothing to complain of in what we write: pages and style sheets of every guide.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { REPOSITORY, handOuts, handbook, plain, torture } from './support.mjs';

const CHECKER = join(REPOSITORY, 'target/browser-tests/node_modules/vnu-jar/build/dist/vnu.jar');

/** What the checker does not know, each as narrow as can be. */
const MISTAKEN = [
  // On disk it takes no file for one of `'self'`. Browsers do, and a test fails where they refuse one.
  /^Resource violates Content Security Policy \(meta tag\): external (stylesheet|script) “(\.\.\/)*([\w-]+\/)?[\w-]+\.[\w.-]+” blocked by “(style|script)-src” directive\.$/,
  // CSS Values 5, by which a sheet of paper takes whole sides.
  { message: /^CSS: “height”: Character s is neither/, extract: /round\(up, size|100vh - 1px\)\)/ },
  // CSS Containment 3, by which a list takes the form that fits its place, and CSS Overflow 4 for texts cut after a line.
  { message: /^CSS: “container”: Property “container” doesn't exist\.$/, extract: /container: \w+ \/ inline-size/ },
  { message: /^CSS: Unrecognized at-rule “@container”$/, extract: /@container/ },
  { message: /^CSS: “line-clamp”: Property “line-clamp” doesn't exist\.$/, extract: /-webkit|line-clamp: \d/ },
  // CSS UI 4, by which a field grows with what is written.
  { message: /^CSS: “field-sizing”: Property “field-sizing” doesn't exist\.$/, extract: /field-sizing: content/ },
];

const isMistaken = ({ message, extract }) => MISTAKEN.some(known => (known instanceof RegExp
  ? known.test(message) : known.message.test(message) && known.extract.test(extract)));

/** What the checker says of all files in `folders`. */
async function check(...folders) {
  // One run: a second virtual machine costs more than what it checks. The quick compiler is enough for ten seconds.
  const java = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-Xss4m', '-jar', CHECKER];
  const options = ['--format', 'json', '--stdout', '--exit-zero-always', '--also-check-css', '--skip-non-html'];
  const { stdout } = await promisify(execFile)('java', [...java, ...options, ...folders], { maxBuffer: 1 << 28 });
  return JSON.parse(stdout).messages;
}

const PLACES = 3;

/** Each fault once, with how often it is there and where it is first. */
function report(messages) {
  const texts = [...new Set(messages.map(({ message }) => message))];
  return texts.map(text => [text, messages.filter(({ message }) => message === text)]).map(([text, all]) => [
    `${all.length} × ${all[0].subType ?? all[0].type}: ${text}`,
    ...all.slice(0, PLACES).map(({ url, lastLine, extract }) => `    ${url}:${lastLine}: ${extract?.replace(/\s+/g, ' ')}`),
  ].join('\n')).join('\n');
}

test('the Nu HTML checker finds no error, and nothing to warn of', { timeout: 300_000 }, async () => {
  const messages = await check(handbook.folder, handOuts.folder, torture.folder, plain.folder);
  const faults = messages.filter(message => !isMistaken(message));
  assert.equal(faults.length, 0, `\n${report(faults)}`);
});
