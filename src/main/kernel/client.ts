import type { Lock, SessionEnd } from '../../contract/workstation/session.ts';
import type { Role } from '../../domain/kernel/event/event.ts';

export type StaffSession = { staffId: string; name: string; role: Role; unitPath: string };

/** One window or browser: who is signed in there. Kept in memory only; a restart asks for the password again. */
export type Client = {
  staff: StaffSession | null;
  /** The passwords under which the session holds: one, and two while it is being changed. */
  credentials: readonly string[];
  /** How many writes the store had had when the account was last found to be what it was; null before that. */
  foundAt: number | null;
  locked: Lock | null;
  /** Why the last session here ended, where that was not its person's doing. */
  ended: { staffId: string; name: string; reason: SessionEnd; at: string; drafts: number } | null;
  /** When somebody last did something here, milliseconds; null for a caller that nobody walks away from: a tool. */
  activeAt: number | null;
  /** Told when any of that changes. */
  listeners: Set<() => void>;
};

/** @param window true for what stands on a desk, and locks itself when it is left alone */
export function newClient({ window = false } = {}): Client {
  return {
    staff: null,
    credentials: [],
    foundAt: null,
    locked: null,
    ended: null,
    activeAt: window ? 0 : null,
    listeners: new Set(),
  };
}
