import type { Fault, FaultCounts } from './kinds.ts';

/** One invariant over a run: how often it was checked, how often it did not hold, and where. */
export type InvariantResult = { name: string; checked: number; broken: number; examples: string[] };

const EXAMPLES = 5;

/** Collects checks by invariant. */
export type CheckBook = {
  check(name: string, holds: boolean, example: () => string): void;
  add(results: readonly InvariantResult[]): void;
  results(): InvariantResult[];
};

export function createCheckBook(): CheckBook {
  const all = new Map<string, InvariantResult>();
  const of = (name: string): InvariantResult => {
    const known = all.get(name) ?? { name, checked: 0, broken: 0, examples: [] };
    all.set(name, known);
    return known;
  };
  return {
    check: (name, holds, example) => {
      const one = of(name);
      one.checked += 1;
      if (holds) return;
      one.broken += 1;
      if (one.examples.length < EXAMPLES) one.examples.push(example());
    },
    add: (results) => {
      for (const { name, checked, broken, examples } of results) {
        const one = of(name);
        one.checked += checked;
        one.broken += broken;
        one.examples.push(...examples.slice(0, EXAMPLES - one.examples.length));
      }
    },
    results: () => [...all.values()],
  };
}

/**
 * What the simulator knows to be true, by having watched: which facts were acknowledged to a person, and which the
 * centre has given a receipt for or shown in a feed.
 */
export type Truth = {
  /** Acknowledged facts, by id, with the workstation and the step. */
  acknowledged: Map<string, { workstation: string; step: number; type: string }>;
  /** Ids the centre has answered for, whether or not the answer arrived. */
  centreHas: Set<string>;
  /** Facts that were on no disk but the one that was put back from an older backup: nothing can bring them back. */
  lostWithDisk: Set<string>;
  /** Facts whose entry was on such a disk; the centre had them. */
  entryLost: Set<string>;
  /** Facts that a person took back before they left. */
  undone: Set<string>;
};

export function createTruth(): Truth {
  return {
    acknowledged: new Map(),
    centreHas: new Set(),
    lostWithDisk: new Set(),
    entryLost: new Set(),
    undone: new Set(),
  };
}

/** What one seed came to. */
export type SeedResult = {
  seed: number;
  traceHash: string;
  steps: number;
  acknowledged: number;
  lostWithDisk: number;
  salvaged: number;
  faults: FaultCounts;
  invariants: InvariantResult[];
  /** An exception that ended the run, when one did. */
  failure: string | null;
  trace: string[];
  seconds: number;
};

/** True when something did not hold. */
export function failed(result: SeedResult): boolean {
  return result.failure !== null || result.invariants.some((one) => one.broken > 0);
}

export type CountFault = (fault: Fault) => void;
