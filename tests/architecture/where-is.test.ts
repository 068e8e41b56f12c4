import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
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
const EXAMPLE = '/visit';

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

describe('what stands in a large room', () => {
  const contexts = globSync('src/**/CONTEXT.md', { cwd: ROOT }).map((path) => ({
    path,
    text: readFileSync(join(ROOT, path), 'utf8'),
  }));

  it('is told where there is most to know', () => expect(contexts.length).toBeGreaterThanOrEqual(6));

  it.each(contexts)('$path is short, and names files that are there', ({ path, text }) => {
    expect(text.split('\n').length).toBeLessThanOrEqual(41);
    const named = Array.from(text.matchAll(/`([\w/-]+\.(?:ts|tsx|css))`/g), ([, file = '']) => file);
    expect(named.length).toBeGreaterThan(5);
    const there = (file: string): boolean =>
      existsSync(join(ROOT, dirname(path), file)) ||
      existsSync(join(ROOT, 'src', file)) ||
      globSync(join(dirname(path), '**', file), { cwd: ROOT }).length > 0;
    expect(named.filter((file) => !there(file))).toEqual([]);
  });
});
