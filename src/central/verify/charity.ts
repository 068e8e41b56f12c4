import { sql } from 'kysely';
import { charityBalance, type CharityPayload, type CharityState } from '../../domain/charity/index.ts';
import type { Transaction } from '../kernel/db/database.ts';
import { createCheck, type Invariant } from './check.ts';

type Row = { id: string; state: string; type: string | null; payload: string | null };

/** What one fact puts into a fund, fen; of a donation that was taken back, what it had put in, taken out. */
function movedBy({ type, payload }: Row, given: ReadonlyMap<string, number>): number {
  if (type === null || payload === null) return 0;
  const read = JSON.parse(payload) as Partial<
    CharityPayload<'donation-received@1'> & CharityPayload<'donation-undone@1'>
  >;
  if (type === 'donation-received') return read.fen ?? 0;
  if (type === 'charity-paid') return -(read.fen ?? 0);
  return type === 'donation-undone' ? -(given.get(read.undoneId ?? '') ?? 0) : 0;
}

/** Each Love Fund holds what its accepted facts add up to, counted without its ledger, and was never below nothing. */
export async function charitiesBalance(transaction: Transaction): Promise<Invariant> {
  const check = createCheck('a Love Fund holds what its facts add up to, and never less than nothing');
  const { rows } = await sql<Row>`
    SELECT stream.id, stream.state, event.type, event.payload FROM stream
    LEFT JOIN event ON event.stream_kind = stream.kind AND event.stream_id = stream.id AND event.status = 'accepted'
    WHERE stream.kind = 'charity' AND stream.state IS NOT NULL
    ORDER BY stream.id, event.position`.execute(transaction);
  const funds = Map.groupBy(rows, ({ id }) => id);
  for (const [id, facts] of funds) {
    const given = new Map<string, number>();
    let [balance, least] = [0, 0];
    for (const fact of facts) {
      const moved = movedBy(fact, given);
      if (fact.type === 'donation-received' && fact.payload !== null)
        given.set((JSON.parse(fact.payload) as CharityPayload<'donation-received@1'>).entryId, moved);
      balance += moved;
      least = Math.min(least, balance);
    }
    const kept = charityBalance(JSON.parse(facts[0]?.state ?? '{"entries":[]}') as CharityState);
    if (least >= 0 && kept === balance) check.pass();
    else check.fail(`${id} holds ${kept}, its facts come to ${balance}, the least was ${least}`);
  }
  return check.result();
}
