import type { Fact } from '../kernel/event/event.ts';
import { illegal, legal, type Ruling } from '../kernel/event/ruling.ts';
import { covers, may } from '../organisation/index.ts';
import type { SanctionPayload } from './events.ts';

/** The application for repair that a record is part of, and the window that handles it. */
export type Applied = { restorationId: string; windowPath: string };

/** What a record has of applications: the one that is open, and every window that has seen it by one. */
export type AppliedFor = { applied: Applied | null; windows: string[] };

const APPLYING: ReadonlySet<string> = new Set(['sanction-applied', 'sanction-released']);

/** What of a record is asked of who writes it. */
type Written = AppliedFor & { unitPath: string };

/** Whether a fact says that a record is part of an application, or is no more. */
export function isOfApplication(type: string): boolean {
  return APPLYING.has(type);
}

/** Whether the unit handles the application that the record is part of, and so may end it. */
function handlesApplication({ applied, unitPath: path }: Written, { actor, unitPath }: Fact): boolean {
  if (applied === null || !may(actor.role, 'restoration.handle')) return false;
  return applied.windowPath === unitPath || covers(unitPath, path);
}

/**
 * Why somebody may not write this fact of a record; null where they may. Public bodies that look after the merchant write all of it; who
 * applies for repair says so, and who handles that application ends the record by it.
 */
export function refusalOfWriter(state: Written, fact: Fact): Ruling<never> | null {
  const { role, unitPath } = fact.actor;
  const covered = covers(unitPath, state.unitPath);
  if (isOfApplication(fact.type)) {
    const files = covered && may(role, 'restoration.file');
    const handles = may(role, 'restoration.handle') && (covered || state.applied?.windowPath === unitPath);
    return files || handles ? null : illegal('role-may-not', undefined, { role });
  }
  if (fact.type === 'sanction-ended' && handlesApplication(state, fact)) return null;
  if (!may(role, 'sanction.record')) return illegal('role-may-not', undefined, { role });
  return covered ? null : illegal('outside-scope', 'merchantPath');
}

/** The record is part of an application: of one at a time. */
export function apply<State extends AppliedFor>(
  next: State,
  { restorationId, windowPath }: SanctionPayload<'sanction-applied@1'>,
): Ruling<State> {
  if (next.applied !== null) return illegal('sanction-applied-already');
  return legal({
    ...next,
    applied: { restorationId, windowPath },
    windows: next.windows.includes(windowPath) ? next.windows : [...next.windows, windowPath].toSorted(),
  });
}

/** The application has come to nothing for it. */
export function release<State extends AppliedFor>(
  next: State,
  { restorationId }: SanctionPayload<'sanction-released@1'>,
): Ruling<State> {
  if (next.applied?.restorationId !== restorationId) return illegal('sanction-not-applied');
  return legal({ ...next, applied: null });
}
