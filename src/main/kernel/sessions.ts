import { hash } from 'node:crypto';
import type { Lock, SessionEnd } from '../../contract/workstation/session.ts';
import { PIN_TRIES } from '../../domain/organisation/index.ts';
import type { Client, StaffSession } from './client.ts';
import type { Reader, Writer } from './store/index.ts';
import { serviceError } from './errors.ts';

/** A working day: so long a person who has given their password may come back by PIN. */
const PIN_HOLDS_MS = 12 * 3_600_000;
const MINUTE_MS = 60_000;

/** What stands for a password without being its hash: another one means that the password was changed. */
export function credentialOf(passwordHash: string): string {
  return hash('sha256', passwordHash);
}

/** An account as it stands in this store. */
export type Account = StaffSession & { active: boolean; passwordHash: string; credential: string };

/** The account under an id as it stands now; undefined where this store has none. */
export async function accountOf(from: Reader | Writer, staffId: string): Promise<Account | undefined> {
  const row = await from.selectFrom('staff_row').selectAll().where('id', '=', staffId).executeTakeFirst();
  if (!row) return undefined;
  return {
    staffId: row.id,
    name: row.name,
    role: row.role as StaffSession['role'],
    unitPath: row.unit_path,
    active: row.active === 1,
    passwordHash: row.password_hash,
    credential: credentialOf(row.password_hash),
  };
}

/** What has happened to the account since it signed in; null where it may go on. */
function endOf(staff: StaffSession, client: Client, account: Account | undefined): SessionEnd | null {
  if (!account?.active) return 'dismissed';
  if (account.unitPath !== staff.unitPath) return 'moved';
  if (account.role !== staff.role || account.name !== staff.name) return 'role';
  return client.credentials.includes(account.credential) ? null : 'password';
}

/** Who has given their password since this program started: they alone may come back by PIN, for so many wrong tries. */
type Proved = { credential: string; at: number; triesLeft: number; kept?: KeptPin };

/** What opens the gate by PIN while it is shut; in memory only, as a PIN is tried through by who has it. */
export type KeptPin = { prefix: string; wrapped: string };

/** Who is signed in at which window, for how long, and whether it is locked. Nothing of it outlives this program. */
export type Sessions = {
  /** By password, which also opens the way for the PIN; or by PIN. Whoever was signed in at the window is so no more. */
  begin(client: Client, account: Account, by: 'password' | 'pin'): void;
  /** The person goes: no PIN brings them back. */
  leave(client: Client): void;
  lock(client: Client, reason: Lock['reason']): void;
  /** Every window: the machine sleeps, or its screen was locked. */
  lockAll(reason: Lock['reason']): void;
  /** Somebody does something at the window. */
  touch(client: Client): void;
  /** From now on a window locks itself after so many minutes. */
  lockAfter(minutes: number): void;
  /**
   * Asks the store whether the account is still the one that signed in; where it is not, the session is over.
   * @throws NOT_SIGNED_IN
   */
  require(client: Client, from: Reader | Writer): Promise<StaffSession>;
  /** True while the window is locked, by hand, by the system or because nobody has touched it for too long. */
  isLocked(client: Client): boolean;
  /** Ends the sessions of accounts that are not what they were: after facts have arrived. */
  review(from: Reader): Promise<void>;
  /** Facts about staff were written, or there is another store: an account that was found to be right may not be so any more. */
  accountsChanged(): void;
  /** True while somebody is signed in at a window that is not locked. */
  anybodyIn(): boolean;
  /** True where the machine itself has locked a window: it may be about to sleep. */
  hurried(): boolean;
  /** Calls the listener whenever somebody comes, goes, or a window is locked. */
  onChange(listener: () => void): void;
  /** What a person has still open for their PIN; undefined where only the password helps. */
  proved(account: Pick<Account, 'staffId' | 'credential'>): { triesLeft: number } | undefined;
  /** One try at a PIN, counted before it is looked at. @returns how many are left */
  spendTry(account: Pick<Account, 'staffId' | 'credential'>): number;
  /** Keeps what opens the gate by this person's PIN, for as long as the PIN helps; undefined takes it away. */
  keepPin(staffId: string, pin: KeptPin | undefined): void;
  keptPin(staffId: string): KeptPin | undefined;
  stop(): void;
};

/** Keeps the sessions of one workstation. */
export function createSessions({ clock, lockMinutes }: { clock: () => Date; lockMinutes: number }): Sessions {
  const clients = new Set<Client>();
  /** Accounts change by facts about staff only: while none was written, an account that was found to be right still is. */
  let changes = 0;
  const watchers: (() => void)[] = [];
  const provedBy = new Map<string, Proved>();
  let idleMs = lockMinutes * MINUTE_MS;
  let timer: NodeJS.Timeout | undefined;

  const tell = (client: Client): void => {
    for (const listener of client.listeners) listener();
    for (const watcher of watchers) watcher();
  };
  const end = (client: Client, reason: SessionEnd): void => {
    const { staff } = client;
    if (staff === null) return;
    client.staff = null;
    client.locked = null;
    client.credentials = [];
    client.ended = { staffId: staff.staffId, name: staff.name, reason, at: clock().toISOString(), drafts: 0 };
    clients.delete(client);
    tell(client);
  };
  /** Milliseconds until the window locks itself; infinite for a caller without one. */
  const idleIn = (client: Client): number => {
    if (client.activeAt === null || client.staff === null || client.locked !== null) return Infinity;
    // A clock that was set back gives nobody more time than a whole one.
    return Math.min(idleMs, client.activeAt + idleMs - clock().getTime());
  };
  const lock = (client: Client, reason: Lock['reason']): void => {
    if (client.staff === null || client.locked !== null) return;
    client.locked = { reason, at: clock().toISOString() };
    tell(client);
  };
  /** Only to say so in time: whether a window is locked is asked of the clock whenever it matters. */
  const watch = (): void => {
    clearTimeout(timer);
    const next = Math.min(...[...clients].map(idleIn));
    if (!Number.isFinite(next)) return;
    timer = setTimeout(
      () => {
        for (const client of clients) if (idleIn(client) <= 0) lock(client, 'idle');
        watch();
      },
      Math.min(Math.max(next, 0) + 50, MINUTE_MS),
    );
    timer.unref();
  };
  const held = (staffId: string): Proved | undefined => {
    const found = provedBy.get(staffId);
    const age = found === undefined ? Infinity : clock().getTime() - found.at;
    return found !== undefined && Math.abs(age) < PIN_HOLDS_MS && found.triesLeft > 0 ? found : undefined;
  };
  const proved = (account: Pick<Account, 'staffId' | 'credential'>): Proved | undefined => {
    const found = held(account.staffId);
    return found?.credential === account.credential ? found : undefined;
  };

  return {
    begin: (client, { staffId, name, role, unitPath, credential }, by) => {
      const now = clock().getTime();
      if (by === 'password') provedBy.set(staffId, { credential, at: now, triesLeft: PIN_TRIES });
      else
        provedBy.set(staffId, {
          ...(provedBy.get(staffId) ?? { credential, at: now }),
          triesLeft: PIN_TRIES,
        });
      client.staff = { staffId, name, role, unitPath };
      client.credentials = [credential];
      client.foundAt = null;
      client.locked = null;
      client.ended = null;
      if (client.activeAt !== null) client.activeAt = now;
      clients.add(client);
      tell(client);
      watch();
    },
    leave: (client) => {
      if (client.staff !== null) provedBy.delete(client.staff.staffId);
      client.staff = null;
      client.locked = null;
      client.credentials = [];
      client.ended = null;
      clients.delete(client);
      tell(client);
    },
    lock,
    lockAll: (reason) => {
      for (const client of clients) lock(client, reason);
    },
    touch: (client) => {
      if (client.activeAt === null || idleIn(client) <= 0) return;
      client.activeAt = clock().getTime();
      watch();
    },
    lockAfter: (minutes) => {
      idleMs = minutes * MINUTE_MS;
      watch();
    },
    require: async (client, from) => {
      const { staff } = client;
      if (staff === null) throw serviceError('NOT_SIGNED_IN');
      if (client.foundAt === changes) return staff;
      const asked = changes;
      const reason = endOf(staff, client, await accountOf(from, staff.staffId));
      // Another person may have signed in while this was asked.
      if (client.staff?.staffId !== staff.staffId) throw serviceError('NOT_SIGNED_IN');
      if (reason === null) {
        client.foundAt = asked;
        return staff;
      }
      end(client, reason);
      throw serviceError('NOT_SIGNED_IN');
    },
    isLocked: (client) => {
      if (idleIn(client) <= 0) lock(client, 'idle');
      return client.locked !== null;
    },
    accountsChanged: () => {
      changes += 1;
    },
    anybodyIn: () => {
      for (const client of clients) if (idleIn(client) <= 0) lock(client, 'idle');
      return [...clients].some((client) => client.staff !== null && client.locked === null);
    },
    hurried: () => [...clients].some((client) => client.locked?.reason === 'system'),
    onChange: (listener) => void watchers.push(listener),
    review: async (from) => {
      for (const client of clients) {
        const { staff } = client;
        if (staff === null) continue;
        const reason = endOf(staff, client, await accountOf(from, staff.staffId));
        if (reason !== null && client.staff === staff) end(client, reason);
      }
    },
    proved,
    spendTry: (account) => {
      const found = proved(account);
      if (found === undefined) return 0;
      found.triesLeft -= 1;
      return found.triesLeft;
    },
    keepPin: (staffId, pin) => {
      const found = held(staffId);
      if (found === undefined) return;
      if (pin === undefined) delete found.kept;
      else found.kept = pin;
    },
    keptPin: (staffId) => held(staffId)?.kept,
    stop: () => clearTimeout(timer),
  };
}
