import { ORPCError } from '@orpc/client';
import { centreErrors } from '../../contract/centre/index.ts';
import type { RepeatsElsewhere } from '../../contract/workstation/search.ts';
import { parsePhone } from '../../domain/kernel/text/index.ts';
import { consumerMark } from '../../protocol/consumer-mark.ts';
import type { Host } from '../kernel/host.ts';
import { readMeta, writeMeta, type Store } from '../kernel/store/index.ts';
import { CentreError, type CentreLink } from '../kernel/sync/centre-link.ts';

declare module '../kernel/parts.ts' {
  interface CapabilityParts {
    /** Asks the centre about a consumer's complaints at other units. */
    elsewhere: ElsewhereAsker;
  }
}

export type ElsewhereAsker = {
  /** Never throws for what the centre does; the answer says why it was not asked. */
  ask(of: { phone: string; merchantId: string | null; staffId: string }): Promise<RepeatsElsewhere>;
};

type Parts = {
  store: Store;
  host: Host;
  clock: () => Date;
  session: () => { link: CentreLink; deviceId: string } | null;
};

/** A screen that draws itself anew asks nothing anew for so long. */
const KEPT_MS = 5 * 60_000;
const MOST_KEPT = 200;
/** A person waits in front of the desk: a line that is that slow counts as none. */
const ANSWERS_WITHIN_MS = 8_000;
const KEY = 'consumer-mark-key';

type StoredKey = { deviceId: string; sealed: string };

/**
 * Asks the centre about a consumer's complaints at units out of sight. The number stays here: the workstation keeps
 * the district's key, sealed by its host, and sends only the mark it makes with it.
 */
export function createElsewhereAsker({ store, host, clock, session }: Parts): ElsewhereAsker {
  const answers = new Map<string, Extract<RepeatsElsewhere, { kind: 'answered' }>>();
  let opened: { deviceId: string; key: Uint8Array } | null = null;

  const keyOf = async ({ link, deviceId }: { link: CentreLink; deviceId: string }): Promise<Uint8Array> => {
    if (opened?.deviceId === deviceId) return opened.key;
    const text = await readMeta(store.read, KEY);
    const stored = text === null ? null : (JSON.parse(text) as StoredKey);
    if (stored?.deviceId === deviceId) {
      const key = await host.openSecret(Buffer.from(stored.sealed, 'base64'));
      opened = { deviceId, key };
      return key;
    }
    const signal = AbortSignal.timeout(ANSWERS_WITHIN_MS);
    const answer = await link.call((client) => client.repeats.key(undefined, { signal }));
    const key = Buffer.from(answer.key, 'base64');
    const sealed = Buffer.from(await host.sealSecret(key)).toString('base64');
    await store.write((writer) => writeMeta(writer, KEY, JSON.stringify({ deviceId, sealed })));
    opened = { deviceId, key };
    return key;
  };

  const remembered = (known: string): RepeatsElsewhere | null => {
    const answer = answers.get(known);
    if (!answer) return null;
    const age = clock().getTime() - Date.parse(answer.at);
    return age >= 0 && age < KEPT_MS ? answer : null;
  };

  return {
    ask: async ({ phone, merchantId, staffId }) => {
      if (parsePhone(phone).kind !== 'phone') return { kind: 'not-asked', reason: 'no-number' };
      const here = session();
      if (here === null) return { kind: 'not-asked', reason: 'offline' };
      try {
        const mark = consumerMark(await keyOf(here), phone);
        if (mark === null) return { kind: 'not-asked', reason: 'no-number' };
        const known = `${here.deviceId} ${mark} ${merchantId ?? ''}`;
        const before = remembered(known);
        if (before !== null) return before;
        const signal = AbortSignal.timeout(ANSWERS_WITHIN_MS);
        const answer = await here.link.call((client) =>
          client.repeats.ask({ mark, merchantId, staffId }, { signal }),
        );
        const answered = { kind: 'answered' as const, answer, at: clock().toISOString() };
        if (answers.size >= MOST_KEPT) answers.clear();
        answers.set(known, answered);
        return answered;
      } catch (error) {
        return reasonOf(error);
      }
    },
  };
}

/** What a failed question is to the person who asked. @throws what is no failure of the centre's */
function reasonOf(error: unknown): RepeatsElsewhere {
  if (!(error instanceof CentreError)) throw error;
  if (error.code === 'UNREACHABLE') return { kind: 'not-asked', reason: 'offline' };
  if (error.code === 'TOO_MANY_QUESTIONS' && error.cause instanceof ORPCError) {
    const read = centreErrors.TOO_MANY_QUESTIONS.data.safeParse(error.cause.data);
    if (read.success) return { kind: 'not-asked', reason: 'too-often', ...read.data };
  }
  return { kind: 'not-asked', reason: 'refused' };
}
