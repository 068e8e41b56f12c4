import { sql } from 'kysely';
import { confirmationCountdown } from '../../domain/case/follow-up.ts';
import type { CaseState } from '../../domain/case/state.ts';
import type { Rulebook } from '../../domain/procedure/rulebook.ts';
import { readMeta, writeMeta } from './meta.ts';
import type { Store } from './store.ts';

const DONE = 'confirmation-deadlines';

/**
 * Gives cases from before the countdown of judicial confirmation was kept theirs, once: it needs the calendar, which
 * a step of the schema does not have.
 */
export async function setConfirmationDeadlines(store: Store, rules: Rulebook): Promise<void> {
  if ((await readMeta(store.read, DONE)) !== null) return;
  await store.write(async (writer) => {
    const { rows } = await sql<{ state: string }>`
      SELECT state FROM stream WHERE kind = 'case' AND state LIKE '%peoples-mediation-agreement%'`.execute(
      writer,
    );
    for (const row of rows) {
      const state = JSON.parse(row.state) as CaseState;
      const countdown = confirmationCountdown(state, rules);
      if (countdown === null) continue;
      await writer
        .updateTable('case_row')
        .set({ confirm_due_at: new Date(countdown.dueAt).toISOString() })
        .where('id', '=', state.id)
        .execute();
    }
    await writeMeta(writer, DONE, '1');
  });
}
