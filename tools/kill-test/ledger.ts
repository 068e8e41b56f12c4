import { createDecipheriv } from 'node:crypto';
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

/** The text of a note that is sealed: a nonce of 12 bytes, the texts as JSON, a tag of 16. */
function noteIn(box: string, key: string): string {
  const bytes = Buffer.from(box, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', Buffer.from(key, 'base64'), bytes.subarray(0, 12));
  const [text = ''] = JSON.parse(decipher.update(bytes.subarray(12, -16)).toString()) as string[];
  return text;
}

/** Compares what was acknowledged with what the centre's own log holds, by none of the product's code. */
export async function audit(database: Database, { acknowledged, inDoubt }: Ledger): Promise<Audit> {
  const { rows } = await sql<{ name: string; text: string | null; box: string | null; key: string | null }>`
    SELECT event.type || ':' || event.stream_id AS name, record_key.key,
      CASE event.type WHEN 'note-added' THEN event.payload::json ->> 'text' END AS text,
      CASE event.type WHEN 'note-added' THEN event.payload::json -> 'sealed' ->> 'box' END AS box
    FROM event LEFT JOIN record_key ON record_key.id = event.sealed_with
    WHERE event.status = 'accepted' AND event.type IN ('case-registered', 'case-accepted', 'note-added')`.execute(
    database,
  );
  const times = new Map<string, number>();
  for (const { name, text, box, key } of rows) {
    const known = box === null || key === null ? (text ?? name) : noteIn(box, key);
    times.set(known, (times.get(known) ?? 0) + 1);
  }
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
