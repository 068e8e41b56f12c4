import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import english from '../../src/renderer/kernel/locales/en/rules.ts';
import chinese from '../../src/renderer/kernel/locales/zh-CN/rules.ts';

/** Every rule code that a reducer or a schema can answer with, as the source names it. */
function rulesInSource(): string[] {
  const found = new Set<string>();
  for (const file of globSync('src/{domain,contract}/**/*.ts')) {
    const code = readFileSync(file, 'utf8');
    for (const [, rule = ''] of code.matchAll(/\billegal\(\s*'([a-z-]+)'/g)) found.add(rule);
    for (const [, rule = ''] of code.matchAll(/\b(?:rule: |refuse\()'([a-z]+(?:-[a-z]+)+)'/g))
      found.add(rule);
    for (const [, rule = ''] of code.matchAll(/\bmessage: '([a-z]+(?:-[a-z]+)+)'/g)) found.add(rule);
    for (const [, rule = ''] of code.matchAll(/\.regex\([^\n]*, '([a-z]+(?:-[a-z]+)+)'\)/g)) found.add(rule);
  }
  return [...found].toSorted();
}

describe('every rule', () => {
  it('is found in the source', () => {
    expect(rulesInSource()).toEqual(
      expect.arrayContaining([
        'step-not-possible',
        'period-reversed',
        'text-not-storable',
        'procedure-dates-overlap',
        'levels-not-counted',
      ]),
    );
  });

  it.each(rulesInSource())('%s has words in both languages', (rule) => {
    expect(chinese).toHaveProperty(rule);
    expect(english).toHaveProperty(rule);
  });
});
