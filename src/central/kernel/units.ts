import { sql } from 'kysely';
import type { Body, Party } from '../../domain/organisation/index.ts';
import { shippedRules, type Rulebook } from '../../domain/procedure/index.ts';
import { learn, RULE_KINDS, storedState } from '../../domain/streams.ts';
import type { Database, Transaction } from './db/database.ts';

export type CentralUnit = {
  path: string;
  name: string;
  /** `OUTSIDE_LEVEL` where `body` says what else it is. */
  level: number;
  party: Party;
  disputePoint: boolean;
  body: Body | null;
};

/**
 * All units, procedures and calendars in memory: every event asks for them. What another process has changed of them
 * is read when the revisions say so that come with the device's lock.
 */
export type UnitCache = {
  all(): CentralUnit[];
  /** What is in memory. */
  get(path: string): CentralUnit | undefined;
  /** The unit, after reading all units again when memory has none. */
  find(path: string, from: Database | Transaction): Promise<CentralUnit | undefined>;
  reload(from: Database | Transaction): Promise<void>;
  /** Reads all again unless memory has this revision of the units (`UNITS_REVISION`), or the one the database has now. */
  keepUnits(revision: number | 'latest', from: Database | Transaction): Promise<void>;
  /** Whether memory has this revision of the units, or a later one. */
  hasRevision(revision: number): boolean;
  rules(): Rulebook;
  /** The revision of the rules in memory (`RULES_REVISION`). */
  rulesRevision(): number;
  /** Reads procedures and calendars again unless memory has this revision of them (`RULES_REVISION`). */
  keepRules(revision: number, from: Database | Transaction): Promise<void>;
  /** 0 for a unit nobody knows, or outside the dispute hierarchy. */
  levelOf(path: string): number;
  partyOf(path: string): Party;
};

/** Every unit the database has. */
export async function readUnits(from: Database | Transaction): Promise<CentralUnit[]> {
  const { rows } = await sql<CentralUnit>`
    SELECT path, name, level, party, dispute_point AS "disputePoint", body FROM unit`.execute(from);
  return rows;
}

/** Grows with every change of a unit, by a trigger; a part of a statement that is made anyway. */
export const UNITS_REVISION = sql<number>`(
  SELECT coalesce(max(value::bigint), 0) FROM setting WHERE key = 'units-revision')`;

async function readUnitsRevision(from: Database | Transaction): Promise<number> {
  const { rows } = await sql<{ revision: number }>`SELECT ${UNITS_REVISION} AS revision`.execute(from);
  return rows[0]?.revision ?? 0;
}

const RULES = sql.join(RULE_KINDS.map((kind) => sql.lit(kind)));

/** Grows with every change of a procedure or a calendar; a part of a statement that is made anyway. */
export const RULES_REVISION = sql<number>`(
  SELECT coalesce(sum(rule.revision), 0)::bigint FROM stream AS rule WHERE rule.kind IN (${RULES}))`;

/** Every procedure and calendar the database has. */
export async function readRules(
  from: Database | Transaction,
): Promise<{ rules: Rulebook; revision: number }> {
  const { rows } = await sql<{ kind: string; revision: number; state: string | null }>`
    SELECT kind, revision, state FROM stream WHERE kind IN (${RULES})`.execute(from);
  let rules = shippedRules;
  for (const { kind, state } of rows) {
    const current = state === null ? undefined : storedState(kind, state);
    if (current) rules = learn(rules, current);
  }
  return { rules, revision: rows.reduce((sum, row) => sum + row.revision, 0) };
}

export function createUnitCache(): UnitCache {
  let units = new Map<string, CentralUnit>();
  let unitsRevision = -1;
  let known = { rules: shippedRules, revision: 0 };
  /** Never back: another request may have read later what this one read earlier. */
  const keep = (read: typeof known): void => {
    if (read.revision >= known.revision) known = read;
  };
  const reload = async (from: Database | Transaction): Promise<void> => {
    // Before the units themselves: what changes in between is read once more, never missed.
    const revision = await readUnitsRevision(from);
    const read = await readUnits(from);
    if (revision >= unitsRevision) {
      unitsRevision = revision;
      units = new Map(read.map((unit) => [unit.path, unit]));
    }
    keep(await readRules(from));
  };
  return {
    all: () => [...units.values()],
    get: (path) => units.get(path),
    find: async (path, from) => {
      if (!units.has(path)) await reload(from);
      return units.get(path);
    },
    reload,
    keepUnits: async (revision, from) => {
      const latest = revision === 'latest' ? await readUnitsRevision(from) : revision;
      if (latest > unitsRevision) await reload(from);
    },
    hasRevision: (revision) => revision <= unitsRevision,
    rules: () => known.rules,
    rulesRevision: () => known.revision,
    keepRules: async (revision, from) => {
      if (revision > known.revision) keep(await readRules(from));
    },
    levelOf: (path) => units.get(path)?.level ?? 0,
    partyOf: (path) => units.get(path)?.party ?? 'operator',
  };
}
