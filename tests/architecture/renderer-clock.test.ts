import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

/** The one file that may read the machine's clock: it corrects it by the workstation's. */
const CLOCK = 'src/renderer/kernel/kit/now.tsx';

/** Ways to ask this machine what time it is. A date made from a given value is none of them. */
const READS_CLOCK =
  /\bnew Date(?:\(\s*\)|(?!\s*\())|\bDate\.now\b|(?<![.\w])Date\(|\bdayjs\(\s*\)|\bTemporal\.Now\b/;

/** The lines of a source that read the machine's clock, without comments. */
function clockReads(source: string): string[] {
  return source
    .replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')
    .split('\n')
    .filter((line) => READS_CLOCK.test(line.replaceAll(/\bnew Date\(\s*[^)\s]/g, '')));
}

describe('the renderer', () => {
  it('takes the time from the workstation: one file reads the machine’s clock', () => {
    const readers = globSync('src/renderer/**/*.{ts,tsx}').filter(
      (file) => clockReads(readFileSync(file, 'utf8')).length > 0,
    );
    expect(readers).toEqual([CLOCK]);
  });
});

describe('the rule against the machine’s clock', () => {
  it.each([
    'const now = new Date();',
    'const now = new Date( );',
    'const now = new Date;',
    'const now = Date.now();',
    'const read = Date.now;',
    'const text = Date();',
    'const last = dayjs();',
    'const day = businessDay(new Date().toISOString());',
  ])('bites at %s', (line) => {
    expect(clockReads(line)).toEqual([line]);
  });

  it.each([
    'const at = new Date(dueAt);',
    'const at = new Date(Date.parse(dueAt));',
    'const last = dayjs(today);',
    '// a new Date() in a comment',
    'type Made = { createdAt: Date };',
    'const day = businessDay(clock().toISOString());',
  ])('lets pass %s', (line) => {
    expect(clockReads(line)).toEqual([]);
  });
});
