import { sql } from 'kysely';
import type { Party } from '../domain/org/unit.ts';
import type { Database, Work } from './db/database.ts';

export type CentralUnit = { path: string; name: string; level: number; party: Party; disputePoint: boolean };

/** All units in memory: every event asks for levels. Another process's new unit is read when it is missed. */
export type UnitCache = {
  get(path: string): CentralUnit | undefined;
  all(): CentralUnit[];
  reload(from: Database | Work): Promise<void>;
  levelOf(path: string): number;
  partyOf(path: string): Party;
};

export function createUnitCache(): UnitCache {
  let units = new Map<string, CentralUnit>();
  return {
    get: (path) => units.get(path),
    all: () => [...units.values()],
    levelOf: (path) => units.get(path)?.level ?? 0,
    partyOf: (path) => units.get(path)?.party ?? 'operator',
    reload: async (from) => {
      const { rows } = await sql<CentralUnit>`
        SELECT path, name, level, party, dispute_point AS "disputePoint" FROM unit`.execute(from);
      units = new Map(rows.map((row) => [row.path, row]));
    },
  };
}
