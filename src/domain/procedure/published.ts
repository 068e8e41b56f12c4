import { z } from 'zod';
import { businessDay } from '../kernel/calendar/index.ts';
import type { Fact } from '../kernel/event/event.ts';
import { illegal, legal, type Refusal, type Ruling } from '../kernel/event/ruling.ts';
import { readPayload } from '../kernel/event/schema.ts';
import { lastUnit } from '../kernel/event/unit-path.ts';
import { parentPath } from '../organisation/index.ts';
import { DEFAULT_VERSION, defaultProcedure } from './default-procedure.ts';
import { entriesOf, officeHoursOf, Procedure } from './procedure.ts';

export const procedureSchemas = {
  'procedure-published@1': z.object({
    /** 2, 3, …; 1 is what Heshi ships with. */
    version: z.int().min(2).max(100_000),
    procedure: Procedure,
    /** A version that is not in force yet and never will be. */
    replaces: z.int().min(2).optional(),
  }),
};

export type PublishedVersion = {
  version: number;
  procedure: Procedure;
  publishedAt: string;
  /** The version that took its place before it came into force; null where none did. */
  replacedBy: number | null;
};

/** All versions published for a district (its topmost unit) and the units below it, oldest first. */
export type ProcedureState = { id: string; unitPath: string; versions: PublishedVersion[] };

const LISTS = [
  'object',
  'problem',
  'claim',
  'merchantCategory',
  'refusalGrounds',
  'terminationGrounds',
] as const;

/** Where a list stands in the procedure's file. */
const LIST_FIELDS = {
  object: 'codes.object.entries',
  problem: 'codes.problem.entries',
  claim: 'codes.claim.entries',
  merchantCategory: 'codes.merchantCategory.entries',
  refusalGrounds: 'refusalGrounds',
  terminationGrounds: 'terminationGrounds',
} as const satisfies Record<(typeof LISTS)[number], string>;

/** The last version that was or will be in force, `without` left out. */
export function lastVersion(
  state: ProcedureState | undefined,
  without?: number,
): { version: number; procedure: Procedure } {
  return (
    state?.versions.findLast((one) => one.replacedBy === null && one.version !== without) ?? {
      version: DEFAULT_VERSION,
      procedure: defaultProcedure,
    }
  );
}

/** When a procedure says that offices are open, as one text. */
function openingTimes(procedure: Procedure): string {
  const told = (sessions: readonly { from: string; to: string }[]): string =>
    sessions.map(({ from, to }) => `${from}-${to}`).join(' ');
  const { sessions, seasons } = officeHoursOf(procedure);
  return [told(sessions), ...seasons.map((one) => `${one.from} ${one.to} ${told(one.sessions)}`)].join('; ');
}

/**
 * The rule that a new version would break, or null. `today` is the day of publication: a version begins that day at
 * the earliest, and later than the one before it, so that on each day one is in force. Codes that a version had
 * are retired, never removed: facts name them. Other office hours begin on the day after at the earliest: minutes of
 * today were counted already by those of this morning, and a recount must count alike.
 */
export function publicationRule(
  state: ProcedureState | undefined,
  { procedure, replaces }: { procedure: Procedure; replaces?: number | undefined },
  today: string,
): Refusal | null {
  if (replaces !== undefined) {
    const replaced = lastVersion(state);
    if (replaced.version !== replaces || replaced.procedure.effectiveFrom <= today)
      return { rule: 'replaces-only-to-come', field: 'replaces' };
  }
  if (procedure.effectiveFrom < today)
    return { rule: 'procedure-backdated', field: 'effectiveFrom', parameters: { today } };
  const before = lastVersion(state, replaces);
  if (procedure.effectiveFrom <= before.procedure.effectiveFrom) {
    return {
      rule: 'procedure-dates-overlap',
      field: 'effectiveFrom',
      parameters: { version: before.version, day: before.procedure.effectiveFrom },
    };
  }
  if (procedure.effectiveFrom <= today && openingTimes(procedure) !== openingTimes(before.procedure))
    return { rule: 'office-hours-same-day', field: 'officeHours', parameters: { today } };
  for (const list of LISTS) {
    const kept = new Set(entriesOf(procedure, list).map(({ code }) => code));
    const gone = entriesOf(before.procedure, list).find(({ code }) => !kept.has(code));
    if (gone)
      return { rule: 'procedure-code-removed', field: LIST_FIELDS[list], parameters: { code: gone.code } };
  }
  return null;
}

/** Applies a publication. Made by an administrator at the centre, for a topmost unit and all below it. */
export function applyProcedure(state: ProcedureState | undefined, fact: Fact): Ruling<ProcedureState> {
  const read = readPayload(procedureSchemas, fact);
  if (read.key === 'unknown') return { kind: 'unknown', type: fact.type, version: fact.version };
  if (read.key === 'invalid') return { kind: 'illegal', refusal: read.refusal };
  if (fact.actor.role !== 'administrator')
    return illegal('role-may-not', undefined, { role: fact.actor.role });
  if (parentPath(fact.unitPath) !== null || lastUnit(fact.unitPath) !== fact.stream.id)
    return illegal('published-at-the-top', 'unitPath');
  const { version, procedure, replaces } = read.payload;
  const versions = state?.versions ?? [];
  const next = (versions.at(-1)?.version ?? DEFAULT_VERSION) + 1;
  if (version !== next) return illegal('procedure-version-order', 'version', { expected: next });
  const refusal = publicationRule(state, read.payload, businessDay(fact.at));
  if (refusal !== null) return { kind: 'illegal', refusal };
  return legal({
    id: fact.stream.id,
    unitPath: fact.unitPath,
    versions: [
      ...versions.map((one) => (one.version === replaces ? { ...one, replacedBy: version } : one)),
      { version, procedure, publishedAt: fact.at, replacedBy: null },
    ],
  });
}
