import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');
const text = readFileSync(join(ROOT, 'docs/threat-model.md'), 'utf8');
const [, table = ''] = text.split('## Threats\n');
const rows = table
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .slice(2)
  .map((line) => line.split('|').map((cell) => cell.trim()));

describe('the threat model', () => {
  it('has a defence, a test and what is left for each threat', () => {
    expect(rows.length).toBeGreaterThan(20);
    expect(rows.filter((cells) => cells.length !== 6 || cells.slice(1, 5).includes(''))).toEqual([]);
  });

  it('names tests that exist, at least one each', () => {
    const named = rows.map((cells) =>
      Array.from((cells[3] ?? '').matchAll(/`([^`]+)`/g), ([, path = '']) => path),
    );
    expect(named.filter((paths) => paths.length === 0)).toEqual([]);
    expect(
      named.flat().filter((path) => !path.startsWith('tests/') || !existsSync(join(ROOT, path))),
    ).toEqual([]);
  });
});
