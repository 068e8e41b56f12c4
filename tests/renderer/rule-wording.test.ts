import { globSync, readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

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

const Rules = z.object({ rules: z.record(z.string(), z.string()).default({}) });
/** What a room's `locales/index.ts` exports. */
const Words = z.record(z.string(), z.object({ 'zh-CN': Rules, en: Rules }));

/** The words for rules that rooms and kernel have, by language. */
const chinese: Record<string, string> = {};
const english: Record<string, string> = {};
for (const file of globSync('src/renderer/*/locales/index.ts')) {
  const exported: unknown = await import(pathToFileURL(file).href);
  for (const words of Object.values(Words.parse({ ...Object(exported) }))) {
    Object.assign(chinese, words['zh-CN'].rules);
    Object.assign(english, words.en.rules);
  }
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
