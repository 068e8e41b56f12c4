import type { Fault } from './kinds.ts';
import { replayOf, reportOf, type FaultReport } from './report.ts';
import { startServer } from './server.ts';
import { failed, type SeedResult } from './truth.ts';
import { startWorker } from './workers.ts';

export type DriveOptions = {
  faults: ReadonlySet<Fault>;
  /** As they were asked for, for the line that replays a seed. */
  faultsText: string;
  seeds: number;
  from: number;
  workers: number;
  steps: number;
  /** Prints each seed's whole trace. */
  trace: boolean;
  say: (text: string) => void;
};

/** Runs many seeds on one server, several at a time, and says what they came to. */
export async function driveSeeds(options: DriveOptions): Promise<FaultReport> {
  const started = performance.now();
  const { seeds, from, say } = options;
  const server = await startServer();
  try {
    const results: SeedResult[] = [];
    let next = from;
    await Promise.all(
      Array.from({ length: Math.min(options.workers, seeds) }, async () => {
        const worker = await startWorker(server.url, options.faults, { steps: options.steps });
        while (next < from + seeds) {
          const seed = next;
          next += 1;
          const result = await worker.run(seed);
          results.push(result);
          tell(result, results.length, options);
        }
        await worker.stop();
      }),
    );
    const seconds = Math.round((performance.now() - started) / 100) / 10;
    results.sort((a, b) => a.seed - b.seed);
    return reportOf(results, { ...options, seconds });
  } finally {
    await server.stop();
    say('');
  }
}

function tell(result: SeedResult, done: number, options: DriveOptions): void {
  const { seeds, faultsText, steps, trace, say } = options;
  const faults = Object.values(result.faults).reduce((sum, count) => sum + count, 0);
  const checks = result.invariants.reduce((sum, one) => sum + one.checked, 0);
  say(
    `${done}/${seeds} seed ${result.seed}: ${failed(result) ? 'BROKEN' : 'holds'}, ${faults} faults, ${result.acknowledged} facts, ${checks} checks, trace ${result.traceHash}, ${result.seconds} s`,
  );
  if (trace) say(result.trace.join('\n'));
  if (!failed(result)) return;
  for (const one of result.invariants.filter(({ broken }) => broken > 0))
    say(`  ${one.name}: ${one.broken} of ${one.checked}; ${one.examples.join('; ')}`);
  if (result.failure !== null) say(`  ${result.failure}`);
  if (!trace) say(result.trace.slice(-15).join('\n'));
  say(`  replay: ${replayOf(result.seed, faultsText, steps)}`);
}
