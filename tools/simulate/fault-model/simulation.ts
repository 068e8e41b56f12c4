import { createHash } from 'node:crypto';
import type { Random } from '../../world/random.ts';
import { noFaults, type Fault, type FaultCounts } from './kinds.ts';
import type { SimulatedCentre } from './simulated-centre.ts';
import type { SimulatedWorkstation } from './simulated-workstation.ts';
import { createCheckBook, createTruth, type CheckBook, type Truth } from './truth.ts';

/** All that one seed's run shares. Every choice comes from `random`, every time from `now`. */
export type Simulation = {
  seed: number;
  random: Random;
  folder: string;
  faults: ReadonlySet<Fault>;
  counts: FaultCounts;
  centre: SimulatedCentre;
  workstations: SimulatedWorkstation[];
  truth: Truth;
  checks: CheckBook;
  step: number;
  /** Facts that were carried over to a new identity. */
  salvaged: number;
  now(): Date;
  advance(milliseconds: number): void;
  /** Injects a fault: counts it and writes it down. */
  inject(fault: Fault, what: string): void;
  /** One line of the trace; no ids, hashes or real times, so that a seed gives the same lines on every machine. */
  note(line: string): void;
  trace: string[];
  /** Draws another fresh name of a kind: stream ids and folders come from the seed too. */
  fresh(kind: string): string;
};

export function createSimulation(options: {
  seed: number;
  random: Random;
  folder: string;
  faults: ReadonlySet<Fault>;
  firstDay: string;
}): Omit<Simulation, 'centre'> {
  let time = Date.parse(options.firstDay);
  let names = 0;
  const trace: string[] = [];
  const counts = noFaults();
  const simulation: Omit<Simulation, 'centre'> = {
    ...options,
    counts,
    workstations: [],
    truth: createTruth(),
    checks: createCheckBook(),
    step: 0,
    salvaged: 0,
    trace,
    now: () => new Date(time),
    advance: (milliseconds) => {
      time += milliseconds;
    },
    inject: (fault, what) => {
      counts[fault] += 1;
      simulation.note(`! ${fault} ${what}`);
    },
    note: (line) => {
      trace.push(`${simulation.step} ${line}`);
    },
    fresh: (kind) => {
      names += 1;
      return `${options.seed}:${kind}:${names}`;
    },
  };
  return simulation;
}

export function hashOfTrace(trace: readonly string[]): string {
  return createHash('sha256').update(trace.join('\n')).digest('hex').slice(0, 16);
}
