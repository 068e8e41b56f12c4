import type { UnitInput } from '../../contract/centre/index.ts';
import { lastUnit } from '../../domain/kernel/event/unit-path.ts';
import { ancestorsAndSelf, levelRefused, parentPath } from '../../domain/organisation/unit.ts';
import { topOf } from '../../domain/procedure/index.ts';
import { RULE_KINDS } from '../../domain/streams.ts';
import { centreError } from '../kernel/errors.ts';
import type { IngestParts } from '../kernel/ingest/append.ts';
import type { StreamKey } from '../kernel/ingest/judge.ts';
import { readUnits } from '../kernel/units.ts';
import { withCentreLog } from './facts.ts';

/**
 * Creates units, parents before children; existing paths are left as they are. A new unit's feed begins with
 * the records of the units above it, of its district's procedure and calendar and, above shops, of its neighbours. @throws
 * UNIT_UNKNOWN when a parent is missing, RULE when an id is taken, a level is none of the district's or not below the parent's.
 */
export async function createUnits(
  parts: IngestParts,
  inputs: readonly UnitInput[],
  now: Date,
): Promise<{ created: number; existing: number }> {
  const wanted = new Map(inputs.map((unit) => [unit.path, unit]));
  const counts = await withCentreLog(parts, now, async ({ transaction, record }) => {
    const levels = new Map((await readUnits(transaction)).map((unit) => [unit.path, unit.level]));
    const paths = new Set(levels.keys());
    const fresh = [...wanted.values()]
      .filter((unit) => !paths.has(unit.path))
      .toSorted((a, b) => a.path.split('/').length - b.path.split('/').length);
    for (const unit of fresh) {
      const parent = parentPath(unit.path);
      if (parent !== null && !paths.has(parent)) throw centreError('UNIT_UNKNOWN', { path: parent });
      const wrong = levelRefused(unit.level, parent === null ? null : (levels.get(parent) ?? null));
      if (wrong !== null)
        throw centreError('RULE', {
          rule: wrong,
          field: 'level',
          parameters: { path: unit.path, level: unit.level },
        });
      levels.set(unit.path, unit.level);
      paths.add(unit.path);
    }
    const above = new Set(fresh.flatMap((unit) => ancestorsAndSelf(unit.path)));
    const parents = new Set(fresh.filter((unit) => unit.level > 1).map((unit) => parentPath(unit.path)));
    const neighbours = [...paths].filter((path) => parents.has(parentPath(path)));
    const tops = [...new Set(fresh.map((unit) => topOf(unit.path)))];
    await record(
      fresh.map((unit) => ({
        stream: { kind: 'unit', id: lastUnit(unit.path) },
        type: 'unit-created',
        payload: unit,
        unitPath: unit.path,
      })),
      [
        ...[...new Set([...above, ...neighbours])].map((path): StreamKey => ({
          kind: 'unit',
          id: lastUnit(path),
        })),
        ...tops.flatMap((id) => RULE_KINDS.map((kind): StreamKey => ({ kind, id }))),
      ],
    );
    return { created: fresh.length, existing: wanted.size - fresh.length };
  });
  await parts.units.reload(parts.database);
  return counts;
}
