import { noFaults, type Fault, type FaultCounts } from './kinds.ts';
import { STEPS } from './steps.ts';
import { createCheckBook, failed, type InvariantResult, type SeedResult } from './truth.ts';

/** What a run of many seeds came to, as `--json` prints it. */
export type FaultReport = {
  seeds: { from: number; run: number };
  workers: number;
  steps: number;
  acknowledged: number;
  /** Facts newer than a backup that was put back, and nowhere else: gone with the disk, as they must be. */
  lostWithDisk: number;
  /** Facts carried over to a new identity. */
  salvaged: number;
  /** How often each fault asked for was injected. */
  faults: Partial<FaultCounts>;
  missingFaults: Fault[];
  invariants: InvariantResult[];
  brokenInvariants: number;
  failing: { seed: number; replay: string; broken: string[]; failure: string | null; trace: string[] }[];
  traceHash: Record<number, string>;
  seconds: number;
  passed: boolean;
};

const TRACE_LINES = 40;

/** The command line that replays one seed exactly. */
export function replayOf(seed: number, faults: string, steps: number): string {
  const lives = steps === STEPS ? '' : ` --steps ${steps}`;
  return `npm run simulate -- --faults ${faults} --seeds 1 --seed-from ${seed}${lives} --trace`;
}

export function reportOf(
  results: readonly SeedResult[],
  options: {
    faults: ReadonlySet<Fault>;
    faultsText: string;
    from: number;
    workers: number;
    steps: number;
    seconds: number;
  },
): FaultReport {
  const counts = noFaults();
  const book = createCheckBook();
  for (const result of results) {
    for (const fault of options.faults) counts[fault] += result.faults[fault];
    book.add(result.invariants);
  }
  const sum = (of: (result: SeedResult) => number): number =>
    results.reduce((total, result) => total + of(result), 0);
  const invariants = book.results();
  const missingFaults = [...options.faults].filter((fault) => counts[fault] === 0);
  const failing = results.filter(failed).map((result) => ({
    seed: result.seed,
    replay: replayOf(result.seed, options.faultsText, options.steps),
    broken: result.invariants
      .filter((one) => one.broken > 0)
      .map((one) => `${one.name}: ${one.broken} of ${one.checked}; ${one.examples.join('; ')}`),
    failure: result.failure,
    trace: result.trace.slice(-TRACE_LINES),
  }));
  return {
    seeds: { from: options.from, run: results.length },
    workers: options.workers,
    steps: sum((result) => result.steps),
    acknowledged: sum((result) => result.acknowledged),
    lostWithDisk: sum((result) => result.lostWithDisk),
    salvaged: sum((result) => result.salvaged),
    faults: Object.fromEntries([...options.faults].map((fault) => [fault, counts[fault]])),
    missingFaults,
    invariants,
    brokenInvariants: invariants.reduce((total, one) => total + one.broken, 0),
    failing,
    traceHash: Object.fromEntries(results.map((result) => [result.seed, result.traceHash])),
    seconds: options.seconds,
    passed: failing.length === 0 && missingFaults.length === 0,
  };
}
