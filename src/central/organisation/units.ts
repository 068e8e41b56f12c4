import type { UnitInput } from '../../contract/centre/index.ts';
import { lastUnit } from '../../domain/kernel/event/unit-path.ts';
import { isOffice, OUTSIDE_LEVEL } from '../../domain/organisation/index.ts';
import { ancestorsAndSelf, parentPath, unitRefused, type UnitAbove } from '../../domain/organisation/unit.ts';
import { topOf } from '../../domain/procedure/index.ts';
import { RULE_KINDS } from '../../domain/streams.ts';
import { centreError } from '../kernel/errors.ts';
import type { IngestParts } from '../kernel/ingest/append.ts';
import type { StreamKey } from '../kernel/ingest/judge.ts';
import { readUnits } from '../kernel/units.ts';
import { withCentreLog, type AdminFact } from './facts.ts';

/**
 * Creates units, parents before children; existing paths are left as they are. A new unit's feed begins with
 * the records of the units above it, of its district's departments, windows, procedure and calendar and, above shops, of its neighbours. @throws
 * UNIT_UNKNOWN when a parent is missing, RULE when an id is taken or the unit cannot stand there as what it is to be.
 */
export async function createUnits(
  parts: IngestParts,
  inputs: readonly UnitInput[],
  now: Date,
): Promise<{ created: number; existing: number }> {
  const wanted = new Map(inputs.map((unit) => [unit.path, unit]));
  const counts = await withCentreLog(parts, now, async ({ transaction, record }) => {
    const known = new Map<string, UnitAbove>((await readUnits(transaction)).map((unit) => [unit.path, unit]));
    const paths = new Set(known.keys());
    const fresh = [...wanted.values()]
      .filter((unit) => !paths.has(unit.path))
      .toSorted((a, b) => a.path.split('/').length - b.path.split('/').length);
    for (const unit of fresh) {
      const parent = parentPath(unit.path);
      if (parent !== null && !paths.has(parent)) throw centreError('UNIT_UNKNOWN', { path: parent });
      const wrong = unitRefused(unit, parent === null ? null : (known.get(parent) ?? null));
      if (wrong !== null) throw centreError('RULE', wrong);
      known.set(unit.path, { level: unit.level ?? OUTSIDE_LEVEL, body: unit.body ?? null });
      paths.add(unit.path);
    }
    const above = new Set(fresh.flatMap((unit) => ancestorsAndSelf(unit.path)));
    const parents = new Set(
      fresh.filter(({ level = OUTSIDE_LEVEL }) => level > 1).map((unit) => parentPath(unit.path)),
    );
    const neighbours = [...paths].filter((path) => parents.has(parentPath(path)));
    const tops = [...new Set(fresh.map((unit) => topOf(unit.path)))];
    const offices = [...known]
      .filter(([path, unit]) => isOffice(unit) && tops.includes(topOf(path)))
      .map(([path]) => path);
    await record(
      fresh.map((unit) => ({
        stream: { kind: 'unit', id: lastUnit(unit.path) },
        ...createdFact(unit),
        unitPath: unit.path,
      })),
      [
        ...[...new Set([...above, ...neighbours, ...offices])].map((path): StreamKey => ({
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

/** What is recorded of a new unit: of one outside the hierarchy in the version that releases of before keep for later. */
function createdFact({ body, ...unit }: UnitInput): Pick<AdminFact, 'type' | 'version' | 'payload'> {
  const type = 'unit-created';
  if (body === undefined) return { type, version: 1, payload: unit };
  const { path, name, address } = unit;
  return { type, version: 2, payload: { path, name, body, ...(address === undefined ? {} : { address }) } };
}
