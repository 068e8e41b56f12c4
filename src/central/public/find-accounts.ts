import { sql } from 'kysely';
import { type CharityState, type PublicAccount, publicAccount } from '../../domain/charity/index.ts';
import { storedState } from '../../domain/streams.ts';
import type { Database } from '../kernel/db/database.ts';

/** The accounts of all Love Funds, every name in them masked, in the order of their units. */
export async function findAccounts({ database }: { database: Database }): Promise<PublicAccount[]> {
  const { rows } = await sql<{ kind: string; id: string; state: string }>`
    SELECT kind, id, state FROM stream
    WHERE kind IN ('charity', 'charity-application') AND state IS NOT NULL`.execute(database);
  const states = rows.flatMap(({ kind, state }) => storedState(kind, state) ?? []);
  const applications = new Map(
    states.flatMap((one) => (one.kind === 'charity-application' ? [[one.state.id, one.state] as const] : [])),
  );
  return states
    .flatMap((one): CharityState[] => (one.kind === 'charity' ? [one.state] : []))
    .toSorted((a, b) =>
      a.unitPath === b.unitPath ? (a.id < b.id ? -1 : 1) : a.unitPath < b.unitPath ? -1 : 1,
    )
    .map((fund) => publicAccount(fund, (id) => applications.get(id)));
}
