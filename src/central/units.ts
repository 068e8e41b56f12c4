import { sql } from 'kysely';
import type { Party } from '../domain/org/unit.ts';
import type { Database, Work } from './db/database.ts';

export type CentralUnit = { path: string; name: string; level: number; party: Party; disputePoint: boolean };

/** All units in memory: every event asks for levels. Another process's new unit is read when it is missed. */
export type UnitCache = {
  all(): CentralUnit[];
  /** What is in memory. */
  get(path: string): CentralUnit | undefined;
  /** The unit, after reading all units again when memory has none. */
  find(path: string, from: Database | Work): Promise<CentralUnit | undefined>;
  reload(from: Database | Work): Promise<void>;
  /** 0 for a unit nobody knows. */
  levelOf(path: string): number;
  partyOf(path: string): Party;
};

/** Every unit the database has. */
export async function readUnits(from: Database | Work): Promise<CentralUnit[]> {
  const { rows } = await sql<CentralUnit>`
    SELECT path, name, level, party, dispute_point AS "disputePoint" FROM unit`.execute(from);
  return rows;
}

export function createUnitCache(): UnitCache {
  let units = new Map<string, CentralUnit>();
  const reload = async (from: Database | Work): Promise<void> => {
    units = new Map((await readUnits(from)).map((unit) => [unit.path, unit]));
  };
  return {
    all: () => [...units.values()],
    get: (path) => units.get(path),
    find: async (path, from) => {
      if (!units.has(path)) await reload(from);
      return units.get(path);
    },
    reload,
    levelOf: (path) => units.get(path)?.level ?? 0,
    partyOf: (path) => units.get(path)?.party ?? 'operator',
  };
}
