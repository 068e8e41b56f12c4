import { PUSH_LIMIT } from '../../../contract/centre/index.ts';
import { CentreError } from './centre-link.ts';
import { push } from './cycle.ts';
import type { CycleParts } from './parts.ts';

/** A centre that fails at so many facts of one round fails at something else. */
const MOST_SET_ASIDE = 3;
const TRIES = 2;

/** True when the centre has met something that it did not foresee; being away or busy is none of that. */
const isFault = (error: unknown): boolean =>
  error instanceof CentreError && error.code === 'INTERNAL_SERVER_ERROR';

/** The first fact that waits, and how many do, as far as one batch goes. */
async function waiting({ store }: CycleParts): Promise<{ first: number; count: number }> {
  const rows = await store.read
    .selectFrom('outbox')
    .select('device_sequence')
    .orderBy('device_sequence')
    .limit(PUSH_LIMIT)
    .execute();
  return { first: rows[0]?.device_sequence ?? 0, count: rows.length };
}

/**
 * Empties the outbox as `push` does. A batch at which the centre fails twice is sent by halves, until the one fact is found at which it
 * fails; that one the centre is asked to keep as it is, rejected, so that nothing waits behind it. Not while the centre fails at
 * anything else, and a few in one round at most. Returns how many facts were sent.
 * @throws what `push` throws
 */
export async function pushByHalves(
  parts: CycleParts & { onProblem: (code: string, text: string) => void },
): Promise<number> {
  let pushed = 0;
  let limit = PUSH_LIMIT;
  let failures = 0;
  let setAside = 0;
  for (;;) {
    const before = await waiting(parts);
    try {
      return pushed + (await push(parts, { limit })).pushed;
    } catch (error) {
      if (!isFault(error)) throw error;
      const { first, count } = await waiting(parts);
      // What went before the failing batch is there.
      pushed += Math.max(0, before.count - count);
      failures = first === before.first ? failures + 1 : 1;
      if (failures < TRIES) continue;
      failures = 0;
      // A centre that cannot even be read from is not held up by what is sent, and has enough to bear.
      await parts.link.call((client) => client.feed({ after: 0, limit: 1 }));
      if (Math.min(limit, count) > 1) {
        limit = Math.ceil(Math.min(limit, count) / 2);
        continue;
      }
      if (setAside === MOST_SET_ASIDE) throw error;
      parts.onProblem('set-aside', `Number ${first} of this log could not be taken in`);
      pushed += (await push(parts, { limit: 1, batches: 1, setAside: first })).pushed;
      setAside += 1;
      limit = PUSH_LIMIT;
    }
  }
}
