import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { translator, type WordKey } from '../../src/main/kernel/translation/translate.ts';
import { words, type Language } from '../../src/words/index.ts';

const LANGUAGES: readonly Language[] = ['zh-CN', 'en'];

/** Every wording of a catalogue by its place. */
function wordings(tree: object, prefix = '', join = ':'): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]: [string, unknown]) =>
    typeof value === 'string'
      ? [[`${prefix}${key}`, value] as [string, string]]
      : wordings(value as object, `${prefix}${key}${join}`, '.'),
  );
}

const holesOf = (wording: string): string[] =>
  Array.from(wording.matchAll(/\{\{(\w+)\}\}/g), ([, name = '']) => name).toSorted();

describe('the words of main and renderer', () => {
  const chinese = new Map(wordings(words['zh-CN']));
  const english = new Map(wordings(words.en));

  it('are the same places in both languages', () => {
    expect(chinese.size).toBeGreaterThan(150);
    expect([...english.keys()].toSorted()).toEqual([...chinese.keys()].toSorted());
  });

  it('have the same holes in both languages', () => {
    for (const [key, wording] of chinese)
      expect([key, holesOf(english.get(key) ?? '')]).toEqual([key, holesOf(wording)]);
  });

  it('have no hole in another form', () => {
    for (const wording of [...chinese.values(), ...english.values()])
      expect(wording.replaceAll(/\{\{\w+\}\}/g, '')).not.toMatch(/[{}]|\$t\(/);
  });

  it('are said with any values in their holes, word for word', () => {
    const awkward = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('$t(units:level.1)', '{{label}}', '<b>&amp;', '$&', 'count', 'x:y.z', '__proto__'),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...LANGUAGES),
        fc.constantFrom(...chinese.keys()),
        fc.infiniteStream(awkward),
        (language, key, values) => {
          const wording = (language === 'en' ? english : chinese).get(key) ?? '';
          const given = new Map(holesOf(wording).map((name) => [name, values.next().value]));
          const said = translator(language)(key as WordKey, Object.fromEntries(given));
          expect(said).toBe(
            wording.replaceAll(/\{\{(\w+)\}\}/g, (_hole, name: string) => given.get(name) ?? ''),
          );
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('are asked for by keys that stand in the catalogue only', () => {
    const say = translator('en');
    expect(say('exports:columns.due')).toBe('Deadline');
    // @ts-expect-error: no such wording, which the type checker says before it runs
    expect(say('exports:columns.missing')).not.toBe('Deadline');
    // @ts-expect-error: a group is no wording
    say('exports:columns');
  });

  it('do not let one language change another that is being spoken', () => {
    const [chineseWords, englishWords] = [translator('zh-CN'), translator('en')];
    expect([
      chineseWords('units:level.2'),
      englishWords('units:level.2'),
      chineseWords('units:level.2'),
    ]).toEqual(['商场', 'mall', '商场']);
  });
});
