import type { PersonHere } from './notices.ts';

/** A workstation tells again well within this; after it, whoever was there is taken to be gone. */
export const PRESENT_FOR_MS = 40_000;

type Entry = { people: PersonHere[]; until: number };

/** Who has which case open, in this process's memory only; never stored. */
export type PresenceBoard = {
  /** Books what a workstation told. True when others see something new. */
  put(caseId: string, device: string, people: PersonHere[]): boolean;
  /** People at other workstations who have the case open. */
  others(caseId: string, device: string): PersonHere[];
  /** Workstations where the case is open. */
  devices(caseId: string): string[];
  /** Cases open at a workstation, as far as this process has heard. */
  casesOf(device: string): string[];
  /** Forgets who has not told again; returns the cases concerned. */
  sweep(): string[];
};

const sameAs = (a: readonly PersonHere[], b: readonly PersonHere[]): boolean =>
  a.map(({ staffId }) => staffId).join(' ') === b.map(({ staffId }) => staffId).join(' ');

export function createPresenceBoard(now: () => number = Date.now): PresenceBoard {
  const cases = new Map<string, Map<string, Entry>>();
  return {
    put: (caseId, device, people) => {
      const here = cases.get(caseId) ?? new Map<string, Entry>();
      const before = here.get(device)?.people ?? [];
      if (people.length === 0) here.delete(device);
      else here.set(device, { people, until: now() + PRESENT_FOR_MS });
      if (here.size === 0) cases.delete(caseId);
      else cases.set(caseId, here);
      return !sameAs(before, people);
    },
    others: (caseId, device) =>
      [...(cases.get(caseId) ?? [])]
        .filter(([other, { until }]) => other !== device && until > now())
        .flatMap(([, { people }]) => people),
    devices: (caseId) => [...(cases.get(caseId)?.keys() ?? [])],
    casesOf: (device) => [...cases].filter(([, here]) => here.has(device)).map(([caseId]) => caseId),
    sweep: () => {
      const changed: string[] = [];
      for (const [caseId, here] of cases) {
        for (const [device, { until }] of here) {
          if (until > now()) continue;
          here.delete(device);
          changed.push(caseId);
        }
        if (here.size === 0) cases.delete(caseId);
      }
      return changed;
    },
  };
}
