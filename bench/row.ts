/** One figure with what it is measured against. */
export type BenchRow = {
  name: string;
  value: number;
  unit: string;
  /** What `ratio` compares with, measured in the same run; or what the value stands beside. */
  reference: string;
  ratio: number | null;
  budget: string;
  met: boolean;
};

export type Bench = { name: string; run: () => Promise<BenchRow[]> };

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
