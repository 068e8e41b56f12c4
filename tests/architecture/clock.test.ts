import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');

/** Where the machine's clock is asked, as `file:line`; what is said in comments does not count. */
function askingTheClock(file: string, code: string): string[] {
  const withoutComments = code
    .replaceAll(/\/\*[\s\S]*?\*\//g, (comment) => comment.replaceAll(/[^\n]/g, ' '))
    .replaceAll(/(^|\s)\/\/.*$/gm, '');
  return withoutComments
    .split('\n')
    .flatMap((line, index) =>
      /\bDate\s*\.\s*now\b|\bnew\s+Date\s*(\(\s*\)|(?![\w\s(]))|(?<!new\s)\bDate\s*\(/.test(line)
        ? [`${file}:${index + 1}`]
        : [],
    );
}

describe('the day comes from the clock that a workstation is given', () => {
  it.each([
    'const now = Date.now();',
    'const now = new Date();',
    'const now = new Date( );',
    'const now = new Date;',
    'const text = Date();',
    'list.map(Date.now);',
  ])('%s is found', (code) => {
    expect(askingTheClock('planted.ts', `/* why */\n${code}\n`)).toEqual(['planted.ts:2']);
  });

  it.each([
    'const at = new Date(instant);',
    'const at = Date.parse(instant);',
    '// Date.now() is asked nowhere',
    '/** not `new Date()` */',
    'const type = (): Date => clock();',
    'performance.now();',
  ])('%s is let pass', (code) => {
    expect(askingTheClock('planted.ts', code)).toEqual([]);
  });

  it('in the domain, the contract, the protocol, the words and the whole main process', () => {
    const files = globSync('src/{domain,contract,protocol,words,main}/**/*.ts', { cwd: ROOT });
    expect(files.length).toBeGreaterThan(200);
    expect(files.flatMap((file) => askingTheClock(file, readFileSync(join(ROOT, file), 'utf8')))).toEqual([
      expect.stringMatching(/^src\/main\/kernel\/system-clock\.ts:\d+$/),
    ]);
  });
});
