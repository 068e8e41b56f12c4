import { sql } from 'kysely';
import type { Rulebook } from '../../domain/procedure/index.ts';
import { restorationTasks } from '../../domain/restoration/index.ts';
import type { WaitingFor } from '../../domain/rollup/index.ts';
import type { StateOf } from '../../domain/streams.ts';
import type { QueryExecutor } from '../kernel/db/pipeline.ts';

/** Open applications that the caller sees; of an office, also those at its windows. */
export type ApplicationsSeen = 'in-sight' | 'own-office';

/** What waits in open applications, and of which unit their merchants are: steps of windows, opinions of departments. */
export async function readWaiting(
  executor: QueryExecutor,
  rules: Rulebook,
  now: Date,
  seen: ApplicationsSeen,
): Promise<(WaitingFor & { unitPath: string })[]> {
  const states =
    seen === 'own-office'
      ? sql<{ state: string }>`SELECT state FROM office_applications()`
      : sql<{ state: string }>`
          SELECT state FROM stream WHERE kind = 'restoration' AND state IS NOT NULL
            AND (state::jsonb ->> 'status') IN ('filed', 'returned', 'accepted', 'submitted')`;
  const { rows } = await states.execute(executor);
  return rows.flatMap(({ state }) => {
    // The reducer has made what stands under its kind.
    const application = JSON.parse(state) as StateOf['restoration'];
    return (
      restorationTasks(application, { rules })
        // What is still to be handed in waits for the merchant.
        .filter(({ kind }) => kind !== 'completion')
        .map(({ ownerPath, dueAt }) => ({
          unitPath: application.unitPath,
          path: ownerPath,
          overdue: dueAt !== null && Date.parse(dueAt) < now.getTime(),
        }))
    );
  });
}
