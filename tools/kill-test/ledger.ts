import { sql } from 'kysely';
import type { Database } from '../../src/central/kernel/db/database.ts';

/** What a person at a workstation was told is saved. The ids and texts are the driver's own, each used once. */
export type Fact =
  | { type: 'case-registered' | 'case-accepted'; caseId: string }
  | { type: 'note-added'; caseId: string; text: string };

export type Ledger = {
  acknowledged: Fact[];
  /** Asked for when the workstation died: saved or not, but never twice. */
  inDoubt: Fact[];
};

export type Audit = {
  acknowledged: number;
  inDoubt: number;
  /** Of those in doubt, how many turned out to have been saved. */
  inDoubtArrived: number;
  /** Acknowledged facts that the centre does not have. */
  lost: number;
  /** Facts that the centre has more than once. */
  doubled: number;
  examples: string[];
};

const EXAMPLES = 5;

function keyOf(fact: Fact): string {
  return fact.type === 'note-added' ? fact.text : `${fact.type}:${fact.caseId}`;
}

/** Compares what was acknowledged with what the centre's own log holds, by none of the product's code. */
export async function audit(database: Database, { acknowledged, inDoubt }: Ledger): Promise<Audit> {
  const { rows } = await sql<{ key: string; times: number }>`
    SELECT CASE type WHEN 'note-added' THEN payload::json ->> 'text' ELSE type || ':' || stream_id END AS key,
      count(*)::int AS times
    FROM event WHERE status = 'accepted' AND type IN ('case-registered', 'case-accepted', 'note-added')
    GROUP BY 1`.execute(database);
  const times = new Map(rows.map((row) => [row.key, row.times]));
  const timesOf = (fact: Fact): number => times.get(keyOf(fact)) ?? 0;
  const lost = acknowledged.filter((fact) => timesOf(fact) === 0);
  const doubled = [...acknowledged, ...inDoubt].filter((fact) => timesOf(fact) > 1);
  return {
    acknowledged: acknowledged.length,
    inDoubt: inDoubt.length,
    inDoubtArrived: inDoubt.filter((fact) => timesOf(fact) > 0).length,
    lost: lost.length,
    doubled: doubled.length,
    examples: [...lost, ...doubled].slice(0, EXAMPLES).map(keyOf),
  };
}
