import { CentreError } from './centre-link.ts';
import { CentreRestored, pull, push, type PullResult } from './cycle.ts';
import { pushByHalves } from './halving.ts';
import type { CycleParts } from './parts.ts';
import { reasonOf } from './reason.ts';
import { compareWithFeed } from './resync.ts';

export type ExchangeParts = CycleParts & { onProblem: (code: string, text: string) => void };

/** Reads the feed to its end; a centre that was put back from a backup gets again what it lost. */
export async function pullAll(parts: ExchangeParts): Promise<PullResult> {
  try {
    return await pull(parts);
  } catch (error) {
    if (!(error instanceof CentreRestored)) throw error;
    parts.onProblem('centre-restored', error.message);
    const { again, extra } = await compareWithFeed(parts, true);
    parts.onProblem('centre-restored', `${again} facts are sent again; ${extra} were not in its feed`);
    await push(parts);
    return pull(parts);
  }
}

/** Sends all that may leave; returns how many facts the centre took. */
export async function pushAll(parts: ExchangeParts): Promise<number> {
  try {
    return await pushByHalves(parts);
  } catch (error) {
    // What others do still arrives here when what is done here cannot be sent; and why it cannot, the feed may tell.
    if (reasonOf(error) !== 'chain-broken') throw error;
    await pullAll(parts);
    if (!(error instanceof CentreError) || error.code !== 'SEQUENCE_GAP') throw error;
    return pushByHalves(parts);
  }
}
