import { expect, it } from 'vitest';
import { compareLengths } from '../../tools/test/longest-first.ts';

it('the files of a project follow each other, so that a worker loads the product once, the longest first', () => {
  const files = [
    { project: 'pure', seconds: 9 },
    { project: 'database', seconds: 2 },
    { project: 'browser', seconds: 3 },
    { project: 'database', seconds: 8 },
    { project: 'process', seconds: 1 },
    { project: 'browser', seconds: 30 },
  ];
  expect(files.toSorted(compareLengths).map(({ project, seconds }) => `${project} ${seconds}`)).toEqual([
    'process 1',
    'browser 30',
    'browser 3',
    'database 8',
    'database 2',
    'pure 9',
  ]);
});
