import { globSync, readFileSync } from 'node:fs';
import { join, posix, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');

type Graph = ReadonlyMap<string, ReadonlySet<string>>;

/** Groups of places that import one another in a loop (strongly connected, by Tarjan), each sorted. */
function circlesOf(graph: Graph): string[][] {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const circles: string[][] = [];
  const visit = (place: string): number => {
    const own = index.size;
    index.set(place, own);
    let lowest = own;
    stack.push(place);
    for (const next of graph.get(place) ?? []) {
      if (!index.has(next)) lowest = Math.min(lowest, visit(next));
      else if (stack.includes(next)) lowest = Math.min(lowest, low.get(next) ?? index.get(next) ?? lowest);
    }
    low.set(place, lowest);
    if (lowest === own) {
      const group = stack.splice(stack.indexOf(place));
      if (group.length > 1) circles.push(group.toSorted());
    }
    return lowest;
  };
  for (const place of graph.keys()) if (!index.has(place)) visit(place);
  return circles;
}

/** Who imports whom below a folder, of types too; `placeOf` names the place of a file. */
function importsOf(folder: string, placeOf: (file: string) => string): Graph {
  const graph = new Map<string, Set<string>>();
  for (const file of globSync(`${folder}/**/*.ts`, { cwd: ROOT }).map((path) => path.replaceAll('\\', '/'))) {
    const from = placeOf(file);
    const targets = graph.get(from) ?? new Set<string>();
    graph.set(from, targets);
    for (const [, target = ''] of readFileSync(join(ROOT, file), 'utf8').matchAll(
      /(?:\bfrom|^import) '(\.[^']+)'/gm,
    )) {
      const path = posix.join(posix.dirname(file), target);
      if (path.startsWith(`${folder}/`) && placeOf(path) !== from) targets.add(placeOf(path));
    }
  }
  return graph;
}

const roomOf =
  (folder: string) =>
  (file: string): string =>
    file.slice(folder.length + 1).split('/')[0] ?? file;

describe('imports run one way', () => {
  it('a circle is found, however long, and what stands apart from it is not part of it', () => {
    const graph: Graph = new Map([
      ['a', new Set(['b'])],
      ['b', new Set(['c', 'e'])],
      ['c', new Set(['a'])],
      ['d', new Set(['a', 'e'])],
      ['e', new Set<string>()],
      ['f', new Set(['g'])],
      ['g', new Set(['f'])],
    ]);
    expect(circlesOf(graph)).toEqual([
      ['a', 'b', 'c'],
      ['f', 'g'],
    ]);
  });

  it.each(['src/domain', 'src/words', 'src/contract', 'src/protocol', 'src/main'])(
    'between the rooms of %s',
    (folder) => {
      const rooms = importsOf(folder, roomOf(folder));
      expect(rooms.size).toBeGreaterThan(1);
      expect(circlesOf(rooms)).toEqual([]);
    },
  );

  it.each(['src/domain', 'src/contract', 'src/main'])('between the files of %s', (folder) => {
    const files = importsOf(folder, (file) => file);
    expect(files.size).toBeGreaterThan(2);
    expect(circlesOf(files)).toEqual([]);
  });
});
