import type { PersonPresent, PresenceAnswer } from '../../contract/centre/live.ts';
import { PRESENCE_LIMIT } from '../../contract/centre/live.ts';
import type { CentreLink } from '../kernel/sync/centre-link.ts';

declare module '../kernel/parts.ts' {
  interface CapabilityParts {
    /** Who has a case open, here and elsewhere. */
    presence: Presence;
  }
}

/** Told again within the time for which the centre believes it. */
const AGAIN_MS = 15_000;
/** A change is told once a burst of them is over. */
const SOON_MS = 50;

/** A person who has a case open in a window of this workstation. */
export type Here = { staffId: string; name: string; unitName: string };

export type Presence = {
  /** Opens a case in a window; the listener hears who else has it open, now and at every change, until `close`. */
  open(caseId: string, who: Here, listener: (others: PersonPresent[]) => void): { close(): void };
  /** Somebody elsewhere opened or closed a case that is open here. */
  moved(): void;
  stop(): Promise<void>;
};

type Window = { caseId: string; who: Here; tell: (others: PersonPresent[]) => void; said: string };

/**
 * Who has a case open, here and elsewhere: kept in memory only, told to the centre while a window shows the case, and
 * forgotten. Without a line only this workstation's own windows are known.
 */
export function createPresence(options: { link: () => CentreLink | null; automatic: boolean }): Presence {
  const windows = new Set<Window>();
  let elsewhere = new Map<string, PersonPresent[]>();
  let timer: NodeJS.Timeout | undefined;
  let asking: Promise<void> | undefined;
  let changed = false;
  let told = false;
  let stopped = false;

  const show = (): void => {
    for (const window of windows) {
      const here = [...windows].filter(
        (one) => one !== window && one.caseId === window.caseId && one.who.staffId !== window.who.staffId,
      );
      const others = new Map<string, PersonPresent>();
      for (const person of [...here.map(({ who }) => who), ...(elsewhere.get(window.caseId) ?? [])])
        if (person.staffId !== window.who.staffId) others.set(person.staffId, person);
      const list = [...others.values()];
      const text = JSON.stringify(list);
      if (text === window.said) continue;
      window.said = text;
      window.tell(list);
    }
  };
  const openNow = (): { caseId: string; staffIds: string[] }[] => {
    const cases = new Map<string, Set<string>>();
    for (const { caseId, who } of windows)
      cases.set(caseId, (cases.get(caseId) ?? new Set<string>()).add(who.staffId));
    return [...cases]
      .slice(0, PRESENCE_LIMIT)
      .map(([caseId, ids]) => ({ caseId, staffIds: [...ids].slice(0, 10) }));
  };
  const ask = async (): Promise<void> => {
    const link = options.link();
    const open = openNow();
    if (link === null || (open.length === 0 && !told)) {
      elsewhere = new Map();
      show();
      return;
    }
    try {
      const answer: PresenceAnswer = await link.call((client) => client.presence({ open }));
      told = open.length > 0;
      elsewhere = new Map(answer.others.map(({ caseId, people }) => [caseId, people]));
    } catch {
      // Nobody is shown of whom nothing is known.
      elsewhere = new Map();
    }
    show();
  };
  const schedule = (ms: number): void => {
    if (stopped || !options.automatic) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      timer = undefined;
      run();
    }, ms);
    timer.unref();
  };
  const run = (): void => {
    if (asking) {
      changed = true;
      return;
    }
    asking = ask().finally(() => {
      asking = undefined;
      if (changed) schedule(SOON_MS);
      else if (windows.size > 0) schedule(AGAIN_MS);
      changed = false;
    });
  };

  return {
    open: (caseId, who, listener) => {
      const window: Window = { caseId, who, tell: listener, said: '' };
      windows.add(window);
      show();
      schedule(SOON_MS);
      return {
        close: () => {
          windows.delete(window);
          show();
          schedule(SOON_MS);
        },
      };
    },
    moved: () => {
      if (windows.size > 0) schedule(SOON_MS);
    },
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await asking;
    },
  };
}
