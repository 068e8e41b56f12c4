import { sql } from 'kysely';
import { type CaseState, mayAnswerSatisfaction } from '../../domain/case/index.ts';
import type { IngestParts } from '../kernel/ingest/append.ts';
import { withCentreLog } from '../organisation/index.ts';
import { Trouble } from './trouble.ts';

/**
 * Takes down what a consumer answered, as a fact of the case that goes to whoever handles it. Once: of two at the same time the
 * second finds the first. @throws Trouble where the case has not ended, or was answered
 */
export async function takeAnswer(
  parts: IngestParts,
  caseId: string,
  answer: { score: number; text: string },
  now: Date,
): Promise<void> {
  await withCentreLog(parts, now, async ({ transaction, record }) => {
    const { rows } = await sql<{ state: string }>`
      SELECT state FROM stream WHERE kind = 'case' AND id = ${caseId} AND state IS NOT NULL
      FOR UPDATE`.execute(transaction);
    if (rows[0] === undefined) throw new Trouble('case-unknown');
    const state = JSON.parse(rows[0].state) as CaseState;
    if (state.answer !== undefined) throw new Trouble('satisfaction-known');
    if (!mayAnswerSatisfaction(state)) throw new Trouble('case-not-ended');
    await record([
      {
        stream: { kind: 'case', id: caseId },
        type: 'satisfaction-answered',
        payload: answer,
        unitPath: state.handlingPath,
      },
    ]);
  });
}
