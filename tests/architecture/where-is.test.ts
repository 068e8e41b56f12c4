import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');

/** The rows of the table under this heading, each as its cells. */
function rowsUnder(heading: string, text: string): string[][] {
  const from = text.indexOf(`${heading}\n`);
  if (from < 0) throw new Error(`${heading} is no heading`);
  const section = text.slice(from + heading.length).split(/\n#{2,3} /)[0] ?? '';
  return section
    .split('\n')
    .filter((line) => /^\| (?!-)/.test(line))
    .slice(1)
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

const architecture = readFileSync(join(ROOT, 'ARCHITECTURE.md'), 'utf8');
const answers = rowsUnder('### Where is …', architecture).map(([question = '', answer = '']) => ({
  question,
  path: answer.replaceAll('`', ''),
}));

describe('the table of where things are', () => {
  it('answers at least twenty questions, each once', () => {
    expect(answers.length).toBeGreaterThanOrEqual(20);
    expect(new Set(answers.map(({ question }) => question)).size).toBe(answers.length);
  });

  it.each(answers)('$question', ({ path }) => {
    expect(existsSync(join(ROOT, path))).toBe(true);
  });
});

/** The capability that a recipe adds. */
const EXAMPLE = '/patrol';

describe('documents name no source that is not there', () => {
  const documents = [
    'ARCHITECTURE.md',
    'CONTRIBUTING.md',
    'README.md',
    'README.zh-CN.md',
    'docs/operations.md',
  ];
  const named = documents.flatMap((document) =>
    Array.from(
      readFileSync(join(ROOT, document), 'utf8').matchAll(
        /`((?:src|tests|tools|docs|bench|migrations)\/[\w./-]*\w)`/g,
      ),
      ([, path = '']) => ({ document, path }),
    ).filter(({ path }) => !path.includes(EXAMPLE)),
  );

  it('names some', () => expect(named.length).toBeGreaterThan(20));

  it.each(named)('$document: $path', ({ path }) => {
    expect(existsSync(join(ROOT, path))).toBe(true);
  });
});
