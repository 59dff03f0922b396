// Prints a page as a reader would, and reads the paper with poppler.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { temporaryFolder } from './support.mjs';

/** Sizes in points. Chromium rounds A4 to whole pixels. */
export const PAPERS = { a4: { width: 594.96, height: 841.92 }, letter: { width: 612, height: 792 } };

const POINTS = { mm: 72 / 25.4, cm: 72 / 2.54, in: 72, pt: 1, px: 0.75 };

/** Each use of a tool: what it prints. */
const ask = async (tool, ...options) => (await promisify(execFile)(tool, options, { maxBuffer: 1 << 26 })).stdout;

/** What a reader's browser calls so. Playwright's own A4 is a fifth of a millimetre longer. */
const FORMATS = { A4: { width: '210mm', height: '297mm' }, Letter: { width: '8.5in', height: '11in' } };

/** Prints `page` into a file, without backgrounds, as browsers do. `format` is for pages that leave the paper open. */
export async function print(page, format) {
  await page.emulateMedia({ media: 'print' });
  await page.evaluate(() => document.fonts.ready);
  const path = join(await temporaryFolder(), 'printed.pdf');
  await page.pdf({ path, ...FORMATS[format], preferCSSPageSize: true, tagged: true, outline: true });
  return path;
}

/** The margins that the page's style sheets ask for on `paper`, in points. */
export async function marginsOf(page, paper = 'a4') {
  const margin = await page.evaluate(paper => [...document.styleSheets]
    .filter(sheet => !sheet.disabled)
    .flatMap(sheet => [...sheet.cssRules])
    // Where a page leaves the paper open, a rule for wide paper is meant for Letter.
    .flatMap(rule => (rule.media?.mediaText.includes('min-aspect-ratio') && paper === 'letter' ? [...rule.cssRules] : [rule]))
    .findLast(rule => rule instanceof CSSPageRule && !rule.selectorText && rule.style.margin)?.style.margin, paper);
  assert(margin, 'a page rule sets the margins');
  const sides = margin.split(' ').map(length => parseFloat(length) * POINTS[length.replace(/[\d.]+/, '')]);
  const [top, right = top, bottom = top, left = right] = sides;
  return { top, right, bottom, left };
}

export async function infoOf(path) {
  const lines = (await ask('pdfinfo', path)).split('\n');
  const facts = Object.fromEntries(lines.map(line => line.match(/^(.*?):\s+(.*)$/)?.slice(1)).filter(Boolean));
  const [width, height] = facts['Page size'].match(/[\d.]+/g).map(Number);
  return { title: facts.Title, pages: Number(facts.Pages), width, height };
}

export function assertPaper({ width, height }, paper) {
  const wanted = PAPERS[paper];
  const isNear = Math.abs(width - wanted.width) <= 1 && Math.abs(height - wanted.height) <= 1;
  assert(isNear, `${paper} is ${wanted.width} × ${wanted.height}, and this is ${width} × ${height}`);
}

/** Every font has to be in the file, as outlines: a Type 3 font prints badly and cannot be searched. */
export async function assertFonts(path) {
  const fonts = (await ask('pdffonts', path)).trim().split('\n').slice(2);
  assert(fonts.length > 0);
  assert.deepEqual(fonts.filter(font => /Type 3/.test(font) || !/ yes +(yes|no) +yes +\d+ +\d+$/.test(font)), []);
}

/** The text twice: as it lies on the paper, where columns come one after the other, and line by line as it was printed. */
export async function textOf(path) {
  return (await Promise.all([[], ['-raw']].map(options => ask('pdftotext', ...options, path, '-')))).join('\n');
}

/** The text in the order of the tags, which is the order a screen reader takes. */
export async function readingOf(path) {
  const tree = await ask('pdfinfo', '-struct-text', path);
  return [...tree.matchAll(/^ *"(.*)"$/gm)].map(([, text]) => text).join('');
}

/** The addresses that the file links to. */
export async function linksOf(path) {
  return (await ask('pdfinfo', '-url', path)).split('\n').slice(1).filter(Boolean);
}

const WORD = /<word xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)<\/word>/g;

/** The words of each page: above, between and below the margins, and those that stick out at a side. */
export async function wordsOf(path, { top, right, bottom, left }) {
  const pages = (await ask('pdftotext', '-bbox', path, '-')).split('<page ').slice(1);
  return pages.map(text => {
    const [width, height] = text.match(/[\d.]+/g).map(Number);
    const page = { head: [], body: [], foot: [], outside: [] };
    for (const [, xMin, yMin, xMax, yMax, word] of text.matchAll(WORD)) {
      const isAcross = xMin < left - 1 || xMax > width - right + 1;
      // The box of a word is as high as its font, which can be higher than its line.
      const middle = (Number(yMin) + Number(yMax)) / 2;
      const part = middle < top ? 'head' : middle > height - bottom ? 'foot' : 'body';
      page[isAcross ? 'outside' : part].push(plain(word));
    }
    return page;
  });
}

const ENTITIES = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&apos;': "'", '&#39;': "'", '&amp;': '&' };
const plain = xml => xml.replace(/&[#\w]+;/g, entity => ENTITIES[entity] ?? entity);

/** Spaces and line ends are the paper's business. */
const tight = text => text.normalize('NFKC').replace(/\s/g, '');

/** The texts that are nowhere in `whole`. */
export function missing(texts, whole) {
  const paper = tight(whole);
  return texts.flatMap(apart).filter(text => !paper.includes(tight(text)));
}

/** The parts of a line with gaps, such as a table's: to poppler they are columns, read one after the other. */
export const apart = line => line.split(/(?<=\S) {2,}/);

/** The first of `texts` that does not come after all before it in `whole`. */
export function outOfOrder(texts, whole) {
  const paper = tight(whole);
  let from = 0;
  return texts.find(text => {
    const at = paper.indexOf(tight(text), from);
    from = at + tight(text).length;
    return at < 0;
  });
}

/** What is wider than its place when `page` is as wide as the paper between its margins. Empty rules may be cut off. */
export async function tooWide(page, paper, { left, right }) {
  const width = Math.floor((PAPERS[paper].width - left - right) / POINTS.px);
  await page.emulateMedia({ media: 'print' });
  const screen = page.viewportSize();
  await page.setViewportSize({ width, height: 900 });
  const found = await page.evaluate(() => [...document.querySelectorAll('body, body *')]
    .filter(element => element.checkVisibility() && !element.closest('.visually-hidden'))
    .filter(element => element.clientWidth > 0 && element.textContent.trim())
    .filter(element => element.scrollWidth > element.clientWidth + 1)
    .map(element => `${element.outerHTML.slice(0, 90)}: ${element.scrollWidth} > ${element.clientWidth}`));
  await page.setViewportSize(screen);
  return found;
}
