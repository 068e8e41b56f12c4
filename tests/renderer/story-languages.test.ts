import { globSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../e2e/pages/words.ts';
import { HALVES, untoldOn } from '../../tools/test/stories.ts';
import { languageOfTheDay } from '../e2e/support/languages.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const day = (index: number): Date => new Date(Date.UTC(2026, 0, index));

/** So many days, and everything has been told in everything. */
const DAYS = HALVES.length * LANGUAGES.length;
const files = globSync('tests/e2e/*.test.ts', { cwd: ROOT }).map((file) => basename(file, '.test.ts'));
/** In each file, the names under which it asks for its languages. */
const namesIn = (file: string): string[] =>
  Array.from(
    readFileSync(join(ROOT, `tests/e2e/${file}.test.ts`), 'utf8').matchAll(/languagesOf\('([^']+)'\)/g),
    ([, story = '']) => story,
  );

describe('the stories that a run tells in one language', () => {
  const stories = files.flatMap(namesIn);

  it('have been told in each after so many days, whichever of these their file is run on', () => {
    expect(stories.length).toBeGreaterThan(0);
    for (const file of files)
      for (const story of namesIn(file)) {
        const days = Array.from({ length: DAYS }, (_, index) => day(index + 1));
        const told = days.filter((one) => !untoldOn(one).includes(file));
        expect(new Set(told.map((one) => languageOfTheDay(story, one)))).toEqual(new Set(LANGUAGES));
      }
  });

  it('are told in every language on each day, some in the one and some in the other', () => {
    for (let index = 0; index < DAYS; index += 1) {
      const told = new Set(stories.map((story) => languageOfTheDay(story, day(index + 1))));
      expect([...told].toSorted()).toEqual(LANGUAGES.toSorted());
    }
  });
});

describe('the long stories', () => {
  it('are files, each in one half, which is told on one of two days', () => {
    const long: string[] = HALVES.flat();
    expect(new Set(long).size).toBe(long.length);
    expect(long.filter((name) => !files.includes(name))).toEqual([]);
    for (const index of [1, 2, 3])
      expect([...untoldOn(day(index)), ...untoldOn(day(index + 1))].toSorted()).toEqual(long.toSorted());
  });
});
