import { existsSync, readFileSync } from 'node:fs';

/** One figure with what it is measured against. */
export type BenchRow = {
  name: string;
  value: number;
  unit: string;
  /** What `ratio` compares with, measured in the same run; or what the value stands beside. */
  reference: string;
  ratio: number | null;
  budget: string;
  /** Null where there is no budget to meet. */
  met: boolean | null;
};

export type Bench = {
  name: string;
  run: () => Promise<BenchRow[]>;
  /** Runs only when asked for by name: it takes minutes. */
  onlyAlone?: boolean;
};

/** The middle of several values. */
export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** Milliseconds that `work` takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

export function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}

/** The most memory a running process has had resident so far, bytes; null where the system does not say (not Linux). */
export function peakResident(pid: number | undefined): number | null {
  const file = `/proc/${pid}/status`;
  if (!existsSync(file)) return null;
  const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(file, 'utf8'))?.[1];
  return kilobytes === undefined ? null : Number(kilobytes) * 1024;
}

/** A row for what a process took of memory at most. */
export function memoryRow(name: string, bytes: number | null, most: number, what: string): BenchRow {
  const megabytes = bytes === null ? Number.NaN : bytes / 1024 / 1024;
  return {
    name,
    value: Math.round(megabytes),
    unit: 'MB peak resident',
    reference: what,
    ratio: null,
    budget: `<= ${most} MB`,
    met: megabytes <= most,
  };
}
