import { offlineStanding } from '../../domain/organisation/index.ts';
import { readMeta, writeMeta, type Store } from './store/index.ts';

const KEY = 'standing';
/** Reaching the centre is written down so often: the days without it are what counts. */
const AGAIN_MS = 3_600_000;

/** When the centre was last reached by this workstation's clock, and whether it has said that it is out of service. */
type Kept = { reachedAt: string | null; revokedAt: string | null };

/** How this workstation stands with its centre, as far as it has heard; kept over restarts. */
export type Standing = {
  revoked(): boolean;
  offline(): { days: number; expired: boolean };
  /** When the centre was last reached; null before that. */
  reachedAt(): string | null;
  /** What a round with the centre has shown. */
  heard(what: 'reached' | 'revoked'): Promise<void>;
  /** The workstation has another identity, which the centre has just given it. */
  renewed(): Promise<void>;
};

/** Reads what is kept. An installation of before this was kept begins to count now. */
export async function createStanding(store: Store, clock: () => Date): Promise<Standing> {
  const text = await readMeta(store.read, KEY);
  let kept: Kept = text === null ? { reachedAt: null, revokedAt: null } : (JSON.parse(text) as Kept);
  const keep = async (next: Kept): Promise<void> => {
    await store.write((writer) => writeMeta(writer, KEY, JSON.stringify(next)));
    kept = next;
  };
  const now = (): string => clock().toISOString();
  if (kept.reachedAt === null && (await readMeta(store.read, 'identity')) !== null)
    await keep({ ...kept, reachedAt: now() });
  return {
    revoked: () => kept.revokedAt !== null,
    reachedAt: () => kept.reachedAt,
    offline: () => offlineStanding(kept.reachedAt, now()),
    heard: async (what) => {
      if (what === 'revoked') {
        if (kept.revokedAt === null) await keep({ ...kept, revokedAt: now() });
        return;
      }
      const since = kept.reachedAt === null ? Infinity : clock().getTime() - Date.parse(kept.reachedAt);
      if (kept.revokedAt !== null || Math.abs(since) > AGAIN_MS)
        await keep({ reachedAt: now(), revokedAt: null });
    },
    renewed: () => keep({ reachedAt: now(), revokedAt: null }),
  };
}
