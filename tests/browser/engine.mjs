// The search engine of the pages in a page of node's own, which has no browser.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import vm from 'node:vm';

export const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));
export const read = path => readFileSync(`${REPOSITORY}/${path}`, 'utf8');
const ENGINE = read('themes/handbook/assets/search-index.js');

/** A page that can do nothing but add scripts; `files` are those of its site. */
export const pageOf = (files, root = '../') => {
  const loaded = [];
  const head = {
    append(script) {
      assert.ok(script.src.startsWith(`${root}search/`), script.src);
      const name = script.src.slice(root.length);
      loaded.push(name);
      setImmediate(() => {
        const text = files[name.replace(/\?.*/, '')];
        if (text === undefined) return script.onerror();
        vm.runInContext(text, context);
        script.onload();
      });
    },
  };
  const document = { documentElement: { dataset: { root } }, head, createElement: () => ({ remove() {} }) };
  const context = vm.createContext({ document });
  context.window = context;
  vm.runInContext(ENGINE, context);
  return { engine: context.askbookSearch, loaded };
};

/** The engine lives in another realm, so its lists are copied before they are compared. */
export const own = value => JSON.parse(JSON.stringify(value));
