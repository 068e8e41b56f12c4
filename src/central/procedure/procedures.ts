import type { z } from 'zod';
import type {
  CalendarYearAnswer,
  CalendarYearInput,
  ProcedureAnswer,
  ProcedureInput,
  RulesInForce,
} from '../../contract/centre/procedure.ts';
import { businessDay } from '../../domain/kernel/calendar/index.ts';
import type { Refusal } from '../../domain/kernel/event/ruling.ts';
import { lastUnit } from '../../domain/kernel/event/unit-path.ts';
import { covers, inHierarchy, parentPath } from '../../domain/organisation/index.ts';
import { procedureChanges } from '../../domain/procedure/changes.ts';
import { DEFAULT_VERSION } from '../../domain/procedure/default-procedure.ts';
import { calendarYearsAt, versionsAt } from '../../domain/procedure/overview.ts';
import type { Procedure } from '../../domain/procedure/procedure.ts';
import { lastVersion, publicationRule } from '../../domain/procedure/published.ts';
import type { Database, Transaction } from '../kernel/db/database.ts';
import { centreError } from '../kernel/errors.ts';
import type { IngestParts } from '../kernel/ingest/append.ts';
import type { UnitCache } from '../kernel/units.ts';
import { withCentreLog } from '../organisation/index.ts';

/** The topmost unit meant: the given one, or the only one there is. @throws UNIT_UNKNOWN, RULE */
async function topUnit(
  units: UnitCache,
  from: Database | Transaction,
  wanted: string | undefined,
): Promise<string> {
  await units.reload(from);
  const tops = units.all().filter(({ path }) => parentPath(path) === null);
  if (wanted === undefined && tops.length > 1)
    throw centreError('RULE', { rule: 'several-districts', field: 'unitPath' });
  const path = wanted ?? tops[0]?.path ?? '/';
  if (!units.get(path)) throw centreError('UNIT_UNKNOWN', { path });
  if (parentPath(path) !== null)
    throw centreError('RULE', { rule: 'published-at-the-top', field: 'unitPath' });
  return path;
}

const unitsBelow = (units: UnitCache, top: string) => units.all().filter(({ path }) => covers(top, path));

/** What the procedure must say because of the units there are: a name and limits for each level, no unit unheard of. */
function unitsRule(procedure: Procedure, units: UnitCache, top: string): Refusal | null {
  const named = new Set(procedure.levels.map(({ level }) => level));
  const missing = unitsBelow(units, top).find((unit) => inHierarchy(unit) && !named.has(unit.level));
  if (missing)
    return {
      rule: 'level-missing',
      field: 'levels',
      parameters: { level: missing.level, unit: missing.name },
    };
  for (const [index, instrument] of procedure.instruments.entries()) {
    const place = (instrument.units ?? []).findIndex(({ path }) => !units.get(path) || !covers(top, path));
    if (place >= 0) return { rule: 'unit-missing', field: `instruments.${index}.units.${place}.path` };
  }
  return null;
}

/**
 * Publishes a version of the procedure to a district's topmost unit and all units below it, or with `dryRun` only
 * says what would change. All or nothing. @throws UNIT_UNKNOWN, RULE naming the field
 */
export async function publishProcedure(
  parts: IngestParts,
  input: z.output<typeof ProcedureInput>,
  now: Date,
): Promise<ProcedureAnswer> {
  const { database, units } = parts;
  const { procedure, replaces, dryRun } = input;
  const answer = await withCentreLog(parts, now, async ({ transaction, record }) => {
    const unitPath = await topUnit(units, transaction, input.unitPath);
    const id = lastUnit(unitPath);
    const state = units.rules().procedures.get(id);
    const refusal =
      unitsRule(procedure, units, unitPath) ??
      publicationRule(state, { procedure, replaces }, businessDay(now.toISOString()));
    if (refusal !== null) throw centreError('RULE', refusal);
    const before = lastVersion(state, replaces);
    const version = (state?.versions.at(-1)?.version ?? DEFAULT_VERSION) + 1;
    const payload = { version, procedure, ...(replaces === undefined ? {} : { replaces }) };
    if (!dryRun)
      await record([{ stream: { kind: 'procedure', id }, type: 'procedure-published', payload, unitPath }]);
    return {
      unitPath,
      version,
      published: !dryRun,
      comparedWith: before.version,
      changes: procedureChanges(before.procedure, procedure),
      units: unitsBelow(units, unitPath).length,
    };
  });
  await units.reload(database);
  return answer;
}

/** Imports a year's holidays for a district; the last import of a year holds. @throws UNIT_UNKNOWN, RULE */
export async function importCalendarYear(
  parts: IngestParts,
  input: z.output<typeof CalendarYearInput>,
  now: Date,
): Promise<CalendarYearAnswer> {
  const { database, units } = parts;
  const { file } = input;
  const source = input.source ?? file.papers[0];
  if (source === undefined) throw centreError('RULE', { rule: 'calendar-source-missing', field: 'source' });
  const answer = await withCentreLog(parts, now, async ({ transaction, record }) => {
    const unitPath = await topUnit(units, transaction, input.unitPath);
    const before = calendarYearsAt(units.rules(), unitPath).find(({ year }) => year === file.year);
    await record([
      {
        stream: { kind: 'calendar', id: lastUnit(unitPath) },
        type: 'calendar-year-imported',
        payload: { file, source },
        unitPath,
      },
    ]);
    return {
      unitPath,
      year: file.year,
      daysOff: file.days.filter(({ isOffDay }) => isOffDay).length,
      makeUpDays: file.days.filter(({ isOffDay }) => !isOffDay).length,
      source,
      replaced: before ? (before.importedAt ?? 'shipped') : null,
      units: unitsBelow(units, unitPath).length,
    };
  });
  await units.reload(database);
  return answer;
}

/** Procedures and calendar of a district as they stand today. @throws UNIT_UNKNOWN, RULE */
export async function readProcedures(
  database: Database,
  units: UnitCache,
  input: { unitPath?: string | undefined },
  now: Date,
): Promise<RulesInForce> {
  const unitPath = await topUnit(units, database, input.unitPath);
  const day = businessDay(now.toISOString());
  return {
    unitPath,
    day,
    versions: versionsAt(units.rules(), unitPath, day),
    calendarYears: calendarYearsAt(units.rules(), unitPath),
  };
}
