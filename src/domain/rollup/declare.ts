import type { MetricDeclaration } from '../kernel/event/deltas.ts';

/** PostgreSQL cuts longer names of columns; the longest prefix is `own_`. */
const LONGEST_NAME = 59;

/**
 * The names of all declared metrics in the order of their ids. @throws where an id or a name is given twice, an id between 1 and
 * the last one is not given, or a name is none for a column: figures would be read as those of another metric.
 */
export function collectMetrics<Name extends string>(
  declared: readonly MetricDeclaration<Name>[],
): readonly Name[] {
  const inOrder = declared.toSorted((a, b) => a.id - b.id);
  const names = new Set<string>();
  inOrder.forEach(({ id, name }, place) => {
    if (id !== place + 1) throw new Error(`Metric ${name} has the id ${id}, where ${place + 1} comes next`);
    if (names.has(name)) throw new Error(`Two metrics are named ${name}`);
    if (!/^[a-z]+(-[a-z0-9]+)*$/.test(name) || name.startsWith('own-') || name.length > LONGEST_NAME)
      throw new Error(`A metric cannot be named ${name}`);
    names.add(name);
  });
  return inOrder.map(({ name }) => name);
}
