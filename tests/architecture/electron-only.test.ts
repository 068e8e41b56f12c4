import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { countElectronOnly } from '../../tools/count-electron-only.ts';

describe('lines that run only in Electron', () => {
  it('are under 5 % of main, preload and renderer', () => {
    const { only, all, percent } = countElectronOnly();
    expect(only).toBeGreaterThan(0);
    expect(all).toBeGreaterThan(4000);
    expect(percent).toBeLessThan(5);
  });

  it('are all that import Electron’s values', () => {
    const importing = globSync('src/**/*.{ts,tsx}').filter((file) =>
      /^import (?!type )[^;]*from 'electron'/m.test(readFileSync(file, 'utf8')),
    );
    expect(importing.toSorted()).toEqual(['src/main/index.ts', 'src/preload/index.ts']);
  });
});
