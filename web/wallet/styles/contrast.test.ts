// Every pair of letters and ground in both themes has the contrast of WCAG 2.2 AA.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const css = readFileSync(new URL('base.css', import.meta.url), 'utf8');
const colours = new Map(
  [...css.matchAll(/--([a-z-]+): light-dark\((#\w{6}), (#\w{6})\)/g)].map(
    ([, name, light, dark]) => [name, [light, dark] as [string, string]],
  ),
);

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

const texts: [letters: string, grounds: string[]][] = [
  ['ink', ['ground', 'card', 'sunk', 'tint', 'good-tint', 'wait-tint', 'bad-tint']],
  ['soft', ['ground', 'card', 'sunk', 'tint', 'good-tint']],
  ['accent', ['ground', 'card', 'tint', 'wait-tint', 'bad-tint']],
  ['on-accent', ['accent']],
  ['good', ['ground', 'card', 'good-tint']],
  ['wait', ['card', 'wait-tint']],
  ['bad', ['ground', 'card', 'bad-tint']],
];

it.each(texts)('%s can be read', (letters, grounds) => {
  for (const ground of grounds) {
    for (const theme of [0, 1] as const) {
      const [over, under] = [colours.get(letters)?.[theme], colours.get(ground)?.[theme]];
      const ratio = contrast(over ?? '', under ?? '');
      expect(ratio, `${letters} on ${ground}, theme ${theme}`).toBeGreaterThanOrEqual(4.5);
    }
  }
});

it('edges of fields are seen', () => {
  for (const theme of [0, 1] as const) {
    const [edge, card] = [colours.get('edge')?.[theme], colours.get('card')?.[theme]];
    expect(contrast(edge ?? '', card ?? '')).toBeGreaterThanOrEqual(3);
  }
});
