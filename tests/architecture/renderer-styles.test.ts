import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

/** Where a style stands in the code, because its value is computed while the program runs. */
const COMPUTED: Record<string, string> = {
  'src/renderer/rollup/breakdown.tsx': 'a bar is as long as the share it shows',
  'src/renderer/kernel/kit/chart.tsx': 'the height is the caller’s',
  'src/renderer/rollup/worsening-chart.tsx': 'as high as the chart whose place it takes',
  'src/renderer/document/sign-page.tsx': 'a field to sign in lies where the paper has its place',
};

/** Styles given to an element: `style={…}`, or `style:` in the properties of a table’s rows and cells. */
const INLINE = /\bstyle=\{|\bstyle: [{(]/g;

describe('the renderer', () => {
  const sources = globSync('src/renderer/**/*.{ts,tsx}').map((file) => ({
    file,
    code: readFileSync(file, 'utf8'),
  }));

  it('takes its looks from classes and tokens; a style in the code is computed, one for each reason given', () => {
    const found = Object.fromEntries(
      sources
        .map(({ file, code }) => [file, code.match(INLINE)?.length ?? 0] as const)
        .filter(([, count]) => count > 0),
    );
    expect(found).toEqual(Object.fromEntries(Object.keys(COMPUTED).map((file) => [file, 1])));
    expect(Object.keys(COMPUTED).length).toBeLessThanOrEqual(10);
  });

  it('names only classes that a style sheet knows', () => {
    const styles = globSync('src/renderer/**/*.css')
      .map((file) => readFileSync(file, 'utf8'))
      .join('\n');
    const unknown = sources.flatMap(({ file, code }) =>
      [...code.matchAll(/className=\{?["'`]([^"'`]*)["'`]/g)]
        .flatMap(([, names = '']) => names.split(/\s+/))
        .filter((name) => /^heshi-[a-z-]+$/.test(name) && !new RegExp(`\\.${name}(?![\\w-])`).test(styles))
        .map((name) => `${file}: ${name}`),
    );
    expect(unknown).toEqual([]);
  });
});
