import { businessDay } from '../../domain/kernel/calendar/index.ts';
import type { ConnectOptions } from '../kernel/store/connection.ts';
import { asStorageError, StorageError, type Store } from '../kernel/store/index.ts';
import { copiesIn, dropOldCopies, listCopies, makeCopy, opensNow } from './copies.ts';

/** How often it is looked whether a copy is due. */
const LOOKS_EVERY_MS = 10 * 60_000;
/** A screen comes first. */
const BEGINS_AFTER_MS = 60_000;

export type NightlyCopies = {
  /** Makes a copy where none of this business day is there that opens; false where none was due. Throws what went wrong. */
  run(): Promise<boolean>;
  stop(): Promise<void>;
};

/**
 * A copy a business day, made in the background by the first of them that finds the day without one: at night where the computer
 * stays on, and otherwise in the morning. @param onProblem told of what went wrong; the next look tries again
 */
export function startNightlyCopies(parts: {
  store: Store;
  clock: () => Date;
  options: ConnectOptions;
  automatic: boolean;
  onProblem: (code: string, text: string) => void;
}): NightlyCopies {
  const { store, clock, options, automatic, onProblem } = parts;
  const folder = copiesIn(store.folder);
  let working: Promise<unknown> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const run = async (): Promise<boolean> => {
    const now = clock();
    const [last] = await listCopies(folder);
    const isOfToday = last !== undefined && businessDay(last.at) === businessDay(now.toISOString());
    // One under a key that was replaced since is no copy any more.
    if (isOfToday && (await opensNow(folder, last.at, options))) return false;
    await makeCopy(store.folder, folder, now, options);
    await dropOldCopies(folder, options);
    return true;
  };
  const look = (): void => {
    working = run()
      .catch((error: unknown) => {
        const known = asStorageError(error);
        const code = known instanceof StorageError ? `storage-${known.code}` : 'copy-failed';
        onProblem(code, error instanceof Error ? error.message : String(error));
      })
      .finally(() => schedule(LOOKS_EVERY_MS));
  };
  const schedule = (delayMs: number): void => {
    if (stopped || !automatic) return;
    timer = setTimeout(look, delayMs);
    timer.unref();
  };
  schedule(BEGINS_AFTER_MS);
  return {
    run,
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await working;
    },
  };
}
