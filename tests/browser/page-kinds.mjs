// One page of each kind that a built guide has.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Candidates' pages have names that say nothing. */
const NAMELESS = /^[0-9a-f]{8}$/;

/** What a page is: where it lies, and what its `body` is called, or its file. */
function kindOf(path, html) {
  const parts = path.replace(/\.html$/, '').split(/[/.]/).map(part => (NAMELESS.test(part) ? '*' : part));
  const folders = parts.slice(0, path.split('/').length - 1);
  const [file, ending] = parts.slice(folders.length);
  const [, called] = html.match(/<body class="([^"]+)"/) ?? [];
  return [...folders, called ?? file, called && file === 'index' && file, ending].filter(Boolean).join(' ');
}

/**
 * The kinds of pages in `folder`, each with the path, HTML and kind of its largest page, which shows most of what such a
 * page can show. A new kind is found by itself.
 */
export function pageKinds(folder) {
  const largest = new Map();
  for (const path of readdirSync(folder, { recursive: true }).filter(path => path.endsWith('.html')).sort()) {
    const html = readFileSync(join(folder, path), 'utf8');
    const kind = kindOf(path, html);
    if (html.length > (largest.get(kind)?.html.length ?? 0)) largest.set(kind, { kind, path, html });
  }
  return [...largest.values()];
}
