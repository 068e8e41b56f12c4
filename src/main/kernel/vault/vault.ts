import { randomBytes, randomUUID } from 'node:crypto';
import type { SessionState } from '../../../contract/workstation/session.ts';
import type { Settings } from '../../../contract/workstation/settings.ts';
import type { Role } from '../../../domain/kernel/event/event.ts';
import type { Host } from '../host.ts';
import { readSealed, writeSealed } from './file.ts';
import { hashLike, KEY_BYTES, prefixOf, secretOf, unwrapKey, wrapKey } from './wrap.ts';

/** Somebody who opens this workstation, as far as that may be known while it is shut. */
export type VaultPerson = {
  staffId: string;
  name: string;
  role: Role;
  /** Stands for the password without being its hash. */
  credential: string;
  /** All of the password's hash but what the password makes of it. */
  prefix: string;
  /** The key, under the password; `next` the one that takes its place, while that is being done. */
  wrapped: string;
  next?: string;
};

/** Wrong guesses against a subject. Times are of the machine's own running, milliseconds. */
export type GuardRow = {
  credential: string;
  failures: number;
  waitMs: number;
  uptimeMs: number;
  failedAt: string;
  total: number;
};

/** What screens show of a workstation that is shut. */
export type Card = {
  enrolment: SessionState['enrolment'];
  ready: boolean;
  revoked: boolean;
  /** When the centre was last reached. */
  reachedAt: string | null;
  events: number;
  cases: number;
  calendarYears: number[];
};

type State = {
  id: string;
  /** The key as it is, base64, while nobody's password opens it: nobody has signed in yet, or nobody is meant to. */
  key: string | null;
  nextKey?: string;
  people: VaultPerson[];
  /** The key under what the centre keeps for the day on which nobody here can open it; `next` as with people. */
  recovery?: { wrapped: string; next?: string };
  /** Somebody who could open it has gone: the key is to be replaced. */
  stale: boolean;
  guards: Record<string, GuardRow>;
  settings: Partial<Settings>;
  card: Card;
};

/** An account as it is in the store. */
export type Opener = { staffId: string; name: string; role: Role; credential: string; passwordHash: string };

const NEW_CARD: Card = {
  enrolment: null,
  ready: false,
  revoked: false,
  reachedAt: null,
  events: 0,
  cases: 0,
  calendarYears: [],
};

const DEFAULTS: Settings = {
  language: 'zh-CN',
  density: 'comfortable',
  theme: 'light',
  undoSeconds: 30,
  lockMinutes: 10,
};

/** A password that opens the vault. */
export type Opened = { keys: Uint8Array[]; passwordHash: string };

/**
 * The key of everything that a workstation keeps, and who may have it. The key lies wrapped under what each person's password
 * gives, and all of it sealed by the host: neither the machine nor a password alone opens anything. What has to be known while
 * nobody is there lies beside it: whose password to ask for, wrong guesses, language and look.
 */
export type Vault = {
  /** The keys to try, without anybody's password, the likeliest first; null where somebody has to be there. */
  unattended(): Uint8Array[] | null;
  people(): readonly VaultPerson[];
  /** Looks at a password. Null where it is wrong. */
  tryPassword(person: VaultPerson, password: string): Promise<Opened | null>;
  /** The keys by what the centre has kept; null where it is another. */
  tryShare(share: Uint8Array): Uint8Array[] | null;
  /** Wraps the key under what the centre keeps. */
  keepShare(key: Uint8Array, share: Uint8Array): Promise<void>;
  /** Who may open it from now on; `attended`: nobody else, and not the machine alone. Their order stays. */
  keepPeople(key: Uint8Array, people: readonly Opener[], attended: boolean): Promise<void>;
  guard(subject: string): GuardRow | undefined;
  /** One change at a time, on the disk before it resolves; `work` may refuse by throwing. */
  changeGuards<Result>(work: (guards: Map<string, GuardRow>) => Result): Promise<Result>;
  settings(): Settings;
  saveSettings(settings: Settings): Promise<void>;
  card(): Card;
  saveCard(card: Card): Promise<void>;
  /** True when somebody who knew the key has gone. */
  isStale(): boolean;
  /** Keeps another key beside the present one, for everybody who is given, and under the centre's share where there is one. */
  prepareNext(next: Uint8Array, people: readonly Opener[], share: Uint8Array | null): Promise<void>;
  /** The other key is the key now. */
  nextIsKey(): Promise<void>;
};

const bytesOf = (text: string): Uint8Array => Buffer.from(text, 'base64');

/** What an older release kept in the database, which was not encrypted then. */
export type Former = { settings: Partial<Settings>; guards: Record<string, GuardRow> };

/**
 * Reads the vault of a data folder, or makes one; `former` is asked for what an older release had kept elsewhere.
 * @throws GateSealed where this host cannot open it
 */
export async function openVault(
  folder: string,
  host: Host,
  former: () => Promise<Former | null> = async () => null,
): Promise<Vault> {
  let state = (await readSealed(folder, host)) as State | null;
  if (state === null) {
    const before = await former();
    state = {
      id: randomUUID(),
      key: randomBytes(KEY_BYTES).toString('base64'),
      people: [],
      stale: false,
      guards: before?.guards ?? {},
      settings: before?.settings ?? {},
      card: NEW_CARD,
    };
    await writeSealed(folder, host, state);
  }
  let kept: State = state;
  let last: Promise<unknown> = Promise.resolve();
  /** Whole or not at all, one after the other. */
  const change = <Result>(work: (draft: State) => Result): Promise<Result> => {
    const run = last.then(async () => {
      const draft = structuredClone(kept);
      const result = work(draft);
      if (JSON.stringify(draft) !== JSON.stringify(kept)) await writeSealed(folder, host, draft);
      kept = draft;
      return result;
    });
    last = run.catch(() => undefined);
    return run;
  };

  return {
    unattended: () =>
      kept.key === null ? null : [kept.key, kept.nextKey].filter((one) => one !== undefined).map(bytesOf),
    people: () => kept.people,
    tryPassword: async (person, password) => {
      const passwordHash = await hashLike(password, person.prefix);
      if (passwordHash === null) return null;
      const keys = [person.wrapped, person.next]
        .filter((one) => one !== undefined)
        .map((one) => unwrapKey(one, secretOf(passwordHash), kept.id))
        .filter((one) => one !== null);
      return keys.length === 0 ? null : { keys, passwordHash };
    },
    tryShare: (share) => {
      const keys = [kept.recovery?.wrapped, kept.recovery?.next]
        .filter((one) => one !== undefined)
        .map((one) => unwrapKey(one, share, kept.id))
        .filter((one) => one !== null);
      return keys.length === 0 ? null : keys;
    },
    keepShare: (key, share) =>
      change((draft) => {
        const known = draft.recovery && unwrapKey(draft.recovery.wrapped, share, draft.id);
        if (known === null || known === undefined || !Buffer.from(known).equals(key))
          draft.recovery = { wrapped: wrapKey(key, share, draft.id) };
      }),
    keepPeople: (key, people, attended) =>
      change((draft) => {
        const known = new Map(draft.people.map((one) => [one.staffId, one]));
        draft.people = people.flatMap((one): VaultPerson[] => {
          const { staffId, name, role, credential, passwordHash } = one;
          const prefix = prefixOf(passwordHash);
          if (prefix === null) return [];
          const before = known.get(staffId);
          const wrapped =
            before?.credential === credential
              ? before.wrapped
              : wrapKey(key, secretOf(passwordHash), draft.id);
          return [{ staffId, name, role, credential, prefix, wrapped }];
        });
        const still = new Map(draft.people.map((one) => [one.staffId, one]));
        if ([...known.values()].some((one) => still.get(one.staffId)?.credential !== one.credential))
          draft.stale = true;
        draft.key = attended && draft.people.length > 0 ? null : Buffer.from(key).toString('base64');
      }),
    guard: (subject) => kept.guards[subject],
    changeGuards: (work) =>
      change((draft) => {
        const guards = new Map(Object.entries(draft.guards));
        const result = work(guards);
        draft.guards = Object.fromEntries(guards);
        return result;
      }),
    settings: () => ({ ...DEFAULTS, ...kept.settings }),
    saveSettings: (settings) =>
      change((draft) => {
        draft.settings = settings;
      }),
    card: () => kept.card,
    saveCard: (card) =>
      change((draft) => {
        draft.card = card;
      }),
    isStale: () => kept.stale,
    prepareNext: (next, people, share) =>
      change((draft) => {
        const hashes = new Map(people.map((one) => [one.staffId, one.passwordHash]));
        for (const person of draft.people) {
          const passwordHash = hashes.get(person.staffId);
          if (passwordHash !== undefined) person.next = wrapKey(next, secretOf(passwordHash), draft.id);
        }
        if (draft.recovery && share !== null) draft.recovery.next = wrapKey(next, share, draft.id);
        if (draft.key !== null) draft.nextKey = Buffer.from(next).toString('base64');
      }),
    nextIsKey: () =>
      change((draft) => {
        draft.people = draft.people.map(({ next, ...person }) => ({
          ...person,
          wrapped: next ?? person.wrapped,
        }));
        if (draft.recovery?.next !== undefined) draft.recovery = { wrapped: draft.recovery.next };
        if (draft.nextKey !== undefined) draft.key = draft.nextKey;
        delete draft.nextKey;
        draft.stale = false;
      }),
  };
}
