// Light and dark: both are there, and both can be read.
import assert from 'node:assert/strict';
import { handOuts, handbook, scenario } from './support.mjs';

const LEAST_CONTRAST = 4.5;
const PAGES = [
  'index.html', 'questions/index.html', 'questions/cache-refresh-hangs.html', 'packets/senior-systems.html',
  'rubric.html', 'coverage.html', 'search.html?q=mutex',
];

/** The page's background, and each text whose contrast is below `least` as WCAG 2 reckons it. */
const look = least => {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const over = (colour, below) => {
    canvas.globalCompositeOperation = 'copy';
    canvas.fillStyle = `rgb(${below})`;
    canvas.fillRect(0, 0, 1, 1);
    canvas.globalCompositeOperation = 'source-over';
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const backgroundOf = element => {
    const below = element.parentElement ? backgroundOf(element.parentElement) : [255, 255, 255];
    return over(getComputedStyle(element).backgroundColor, below);
  };
  const luminance = colour => {
    const [red, green, blue] = colour.map(part => part / 255)
      .map(part => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const contrastOf = element => {
    const background = backgroundOf(element);
    const [dark, light] = [background, over(getComputedStyle(element).color, background)]
      .map(luminance).sort((one, other) => one - other);
    return (light + 0.05) / (dark + 0.05);
  };
  const hasText = element =>
    [...element.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim());
  const pale = [...document.body.querySelectorAll('*')]
    .filter(element => hasText(element) && element.checkVisibility() && !element.matches(':disabled'))
    .map(element => ({ element, contrast: contrastOf(element) }))
    .filter(({ contrast }) => contrast < least)
    .map(({ element, contrast }) => `${element.outerHTML.slice(0, 80)}: ${contrast.toFixed(2)}`);
  return { background: backgroundOf(document.body).join(), pale };
};

for (const [colorScheme, isRight] of [['light', sum => sum > 600], ['dark', sum => sum < 150]]) {
  scenario(`every text can be read in ${colorScheme} colours`, { colorScheme }, async page => {
    const addresses = PAGES.map(path => handbook.server + path);
    for (const address of [...addresses, `${handOuts.server}index.html`]) {
      await page.goto(address);
      const { background, pale } = await page.evaluate(look, LEAST_CONTRAST);
      const sum = background.split(',').reduce((sum, part) => sum + Number(part), 0);
      assert(isRight(sum), `${address} is rgb(${background})`);
      assert.deepEqual(pale, [], address);
    }
  });
}

scenario('the switch turns the page dark, and the next page remembers', { colorScheme: 'light' }, async page => {
  const background = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  await page.goto(`${handbook.server}index.html`);
  const light = await background();
  const button = page.getByRole('button', { name: 'Dark theme' });
  assert.equal(await button.getAttribute('aria-pressed'), 'false');
  await button.click();
  assert.equal(await button.getAttribute('aria-pressed'), 'true');
  const dark = await background();
  assert.notEqual(dark, light);
  await page.goto(`${handbook.server}rubric.html`);
  assert.equal(await background(), dark);
});
