import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../e2e/pages/words.ts';
import { languageOfTheDay } from '../e2e/support/languages.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const day = (index: number): Date => new Date(Date.UTC(2026, 0, index));

describe('the stories that a run tells in one language', () => {
  const stories = globSync('tests/e2e/*.test.ts', { cwd: ROOT }).flatMap((file) =>
    Array.from(
      readFileSync(join(ROOT, file), 'utf8').matchAll(/languagesOf\('([^']+)'\)/g),
      ([, story = '']) => story,
    ),
  );

  it('have been told in each after as many days as there are languages', () => {
    expect(stories.length).toBeGreaterThan(0);
    for (const story of stories) {
      const told = LANGUAGES.map((_, index) => languageOfTheDay(story, day(index + 1)));
      expect(told.toSorted()).toEqual(LANGUAGES.toSorted());
    }
  });

  it('are told in every language on each day, some in the one and some in the other', () => {
    for (const index of LANGUAGES.keys()) {
      const told = new Set(stories.map((story) => languageOfTheDay(story, day(index + 1))));
      expect([...told].toSorted()).toEqual(LANGUAGES.toSorted());
    }
  });
});
