import { setTimeout as wait } from 'node:timers/promises';
import type { SyncStatus } from '../contract/workstation/sync.ts';
import { offlineStanding } from '../domain/organisation/index.ts';
import { calendarAt } from '../domain/procedure/index.ts';
import { serviceError } from './kernel/errors.ts';
import type { Gate } from './kernel/parts.ts';
import type { WorkstationParts } from './kernel/parts.ts';
import { UNTRIED } from './kernel/sync/sign.ts';
import { keepShare, openersOf, type Card, type Opener } from './kernel/vault/index.ts';
import { enrolmentOf, keepPins } from './session/index.ts';

/** What lies behind a gate. */
export type Behind = { key: Uint8Array; parts: WorkstationParts; close(): Promise<void> };

export type GateOptions<Inside extends Behind> = Pick<
  Gate,
  'vault' | 'sessions' | 'clock' | 'uptime' | 'host' | 'release' | 'dataFolder' | 'fetcher'
> & {
  /** False leaves it open, whoever comes and goes. */
  attended: boolean;
  /** Whether what waits is sent before it is shut. */
  drains: boolean;
  /** So long after the last has gone a page may still bring what was being typed, milliseconds. */
  graceMs: number;
  open(keys: readonly Uint8Array[], gate: Gate): Promise<Inside>;
};

/** So long is waited for the centre before a gate is shut. */
const DRAIN_MS = 15_000;
/** The machine may be about to sleep: what is typed is kept within this. */
const HURRIED_MS = 500;
const KEPT_PROBLEMS = 20;

/** Nobody is here: nothing is sent or read until somebody is. */
export const SHUT = 'locked';

/**
 * Makes the gate of a workstation, open where nobody has to be there to open it. It is shut as soon as nobody is in, and what
 * exists behind it is taken apart then: no key stays in memory.
 */
export async function createGate<Inside extends Behind>(
  options: GateOptions<Inside>,
): Promise<{
  gate: Gate;
  /** @throws LOCKED */
  behind(): Inside;
  /** The parts behind it, whichever they are at the moment; LOCKED for who asks them for anything while it is shut. */
  workstation: WorkstationParts;
  close(): Promise<void>;
}> {
  const { vault, sessions, clock } = options;
  let inside: Inside | null = null;
  let opening: Promise<Inside> | null = null;
  let shutting: Promise<void> | null = null;
  let closing: Promise<void> | null = null;
  let calls = 0;
  let callsOver: () => void = () => undefined;
  let comingIn = 0;
  let ended = false;
  let unsubscribe: () => void = () => undefined;
  let status: SyncStatus = { ...UNTRIED, reason: SHUT };
  const listeners = new Set<(status: SyncStatus) => void>();
  const problems: { at: string; code: string; text: string }[] = [];

  const tell = (next: SyncStatus): void => {
    status = next;
    for (const listener of listeners) listener(next);
  };
  const problem = (code: string, text: string): void => {
    problems.unshift({ at: clock().toISOString(), code, text: text.slice(0, 2000) });
    problems.length = Math.min(problems.length, KEPT_PROBLEMS);
    inside?.parts.problem(code, text);
  };

  /** True once somebody has given their password, here or before. */
  let known = vault.unattended() === null;
  const accountsOf = async ({ identity, store }: WorkstationParts): Promise<Opener[]> => {
    const unitPath = identity()?.unitPath;
    return unitPath === undefined ? [] : openersOf(store.read, unitPath);
  };
  const cardOf = (parts: WorkstationParts, people: readonly Opener[]): Card => ({
    ...vault.card(),
    enrolment: enrolmentOf(parts),
    ready: people.length > 0,
    revoked: parts.standing.revoked(),
    reachedAt: parts.standing.reachedAt(),
  });
  const keep = async ({ parts, key }: Behind, more: Partial<Card> = {}): Promise<void> => {
    const people = await accountsOf(parts);
    await vault.keepPeople(key, people, options.attended && known);
    await vault.saveCard({ ...cardOf(parts, people), ...more });
  };
  /** What can be counted only while it is open, and is asked for when it is not. */
  const counted = async ({ store, directory, identity }: WorkstationParts): Promise<Partial<Card>> => {
    const count = async (table: 'event' | 'case_row'): Promise<number> =>
      (
        await store.read
          .selectFrom(table)
          .select(({ fn }) => fn.countAll<number>().as('count'))
          .executeTakeFirstOrThrow()
      ).count;
    return {
      events: await count('event'),
      cases: await count('case_row'),
      calendarYears: calendarAt(directory.rules(), identity()?.unitPath ?? '/').years.toSorted(
        (a, b) => a - b,
      ),
    };
  };

  const takeApart = async (): Promise<void> => {
    const gone = inside;
    if (gone === null) return;
    try {
      await gone.parts.sync.refresh();
      await keep(gone, await counted(gone.parts));
      await keepPins(gone.parts, gone.key);
    } catch (error) {
      problem('gate', error instanceof Error ? (error.stack ?? error.message) : String(error));
    }
    unsubscribe();
    inside = null;
    const { sign: _sign, ...last } = gone.parts.sync.status();
    tell({ ...last, sign: 'offline', reason: SHUT, running: false, nextTryAt: null });
    await gone.close();
    gone.key.fill(0);
  };
  const mayShut = (): boolean =>
    options.attended &&
    inside !== null &&
    comingIn === 0 &&
    vault.unattended() === null &&
    !sessions.anybodyIn();

  /** What waits goes first, unless the machine is about to sleep; then whoever is being answered is. */
  const shut = async (hurry: boolean): Promise<void> => {
    await wait(hurry ? Math.min(options.graceMs, HURRIED_MS) : options.graceMs, undefined, { ref: false });
    if (!mayShut()) return;
    if (!hurry && options.drains && (inside?.parts.sync.status().waiting ?? 0) > 0) {
      const patience = Promise.withResolvers<void>();
      const timer = setTimeout(patience.resolve, DRAIN_MS);
      await Promise.race([inside?.parts.sync.run(), patience.promise]);
      clearTimeout(timer);
    }
    while (calls > 0 && mayShut() && !ended) {
      const over = Promise.withResolvers<void>();
      callsOver = over.resolve;
      await over.promise;
    }
    if (!mayShut() || ended) return;
    closing = takeApart();
    await closing.finally(() => {
      closing = null;
    });
  };
  const consider = (hurry = false): void => {
    callsOver();
    if (shutting !== null || ended || !mayShut()) return;
    shutting = shut(hurry)
      .catch((error: unknown) =>
        problem('gate', error instanceof Error ? (error.stack ?? '') : String(error)),
      )
      .finally(() => {
        shutting = null;
        // Somebody may have come in and gone meanwhile.
        consider();
      });
  };
  sessions.onChange(() => consider(sessions.hurried()));

  const open = (keys: readonly Uint8Array[]): Promise<Inside> =>
    (opening ??= (async () => {
      await closing;
      if (inside !== null) return inside;
      const made = await options.open(keys, gate);
      try {
        await keepShare(made.parts.store, vault, made.key);
        await keep(made);
      } catch (error) {
        // Whole or not at all: nothing stays at work behind a gate that did not open.
        await made.close();
        throw error;
      }
      inside = made;
      unsubscribe = made.parts.sync.subscribe(tell);
      tell(made.parts.sync.status());
      return made;
    })().finally(() => {
      opening = null;
    }));

  const gate: Gate = {
    vault,
    sessions,
    clock,
    uptime: options.uptime,
    host: options.host,
    release: options.release,
    dataFolder: options.dataFolder,
    fetcher: options.fetcher,
    parts: () => inside?.parts ?? null,
    settled: async () => {
      await closing;
    },
    openWith: async (keys, work) => {
      comingIn += 1;
      try {
        return await work((await open(keys)).parts);
      } finally {
        comingIn -= 1;
        consider();
      }
    },
    entered: async () => {
      if (known) return;
      known = true;
      if (inside !== null) await keep(inside);
      consider();
    },
    refresh: async () => {
      if (inside !== null) await keep(inside);
    },
    enter: () => {
      calls += 1;
      return () => {
        calls -= 1;
        if (calls === 0) callsOver();
      };
    },
    status: () => status,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    offline: () =>
      inside === null
        ? offlineStanding(vault.card().reachedAt, clock().toISOString())
        : inside.parts.standing.offline(),
    problem,
    problems: () => problems,
  };
  const behind = (): Inside => {
    if (inside === null) throw serviceError('LOCKED');
    return inside;
  };
  const workstation = new Proxy({} as WorkstationParts, {
    get: (_target, name) => Reflect.get(behind().parts, name) as unknown,
    has: (_target, name) => name in behind().parts,
    ownKeys: () => Reflect.ownKeys(behind().parts),
    getOwnPropertyDescriptor: (_target, name) => {
      const found = Reflect.getOwnPropertyDescriptor(behind().parts, name);
      // A proxy may only tell of a property as of one that can go: its own target has none.
      return found && { ...found, configurable: true };
    },
  });
  const unattended = vault.unattended();
  if (unattended !== null) await open(unattended);
  return {
    gate,
    behind,
    workstation,
    close: async () => {
      ended = true;
      callsOver();
      await closing;
      await takeApart();
    },
  };
}
