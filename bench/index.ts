import { fail, readArguments } from '../tools/arguments.ts';
import type { Bench, BenchRow } from './row.ts';

/** Each is loaded when it runs, so that help and a mistyped option are answered at once. */
const BENCHES: readonly Bench[] = [
  { name: 'commit', run: async () => (await import('./local.ts')).benchCommit() },
  { name: 'reads', run: async () => (await import('./local.ts')).benchReads() },
  { name: 'encryption', run: async () => (await import('./encryption.ts')).benchEncryption() },
  { name: 'push', run: async () => (await import('./push.ts')).benchPush() },
  { name: 'ingest', run: async () => (await import('./ingest.ts')).benchIngest() },
  { name: 'memory', run: async () => (await import('./memory.ts')).benchMemory() },
  { name: 'import', run: async () => (await import('./import.ts')).benchImport() },
  { name: 'live', run: async () => (await import('./live.ts')).benchLive() },
  { name: 'storm', run: async () => (await import('./fleet.ts')).benchStorm() },
  { name: 'fleet-drain', run: async () => (await import('./fleet.ts')).benchFleetDrain(), onlyAlone: true },
  { name: 'bootstrap', run: async () => (await import('./bootstrap.ts')).benchBootstrap() },
  { name: 'archive', run: async () => (await import('./archive.ts')).benchArchive(), onlyAlone: true },
  { name: 'rollup', run: async () => (await import('./rollup.ts')).benchRollup() },
  { name: 'credit', run: async () => (await import('./credit.ts')).benchCredit(), onlyAlone: true },
  { name: 'finance', run: async () => (await import('./finance.ts')).benchFinance(), onlyAlone: true },
  { name: 'scaling', run: async () => (await import('./scaling.ts')).benchScaling(), onlyAlone: true },
];

const USAGE = `npm run bench -- [--json] [--only ${BENCHES.map((bench) => bench.name).join('|')}]`;
const { values } = readArguments(
  { json: { type: 'boolean', default: false }, only: { type: 'string' } },
  USAGE,
);
const { only } = values;
const chosen =
  only === undefined
    ? BENCHES.filter((bench) => !bench.onlyAlone)
    : BENCHES.filter((bench) => bench.name === only);
if (chosen.length === 0) fail(`No bench ${only}.\n${USAGE}`);

const rows: BenchRow[] = [];
for (const bench of chosen) {
  process.stderr.write(`${bench.name} …\n`);
  rows.push(...(await bench.run()));
}
if (values.json) process.stdout.write(`${JSON.stringify(rows, null, 2)}\n`);
else {
  for (const row of rows) {
    const verdict = row.met === null ? '—     ' : row.met ? 'met   ' : 'MISSED';
    process.stdout.write(
      `${verdict} ${row.name}: ${row.value} ${row.unit} (${row.reference}; ratio ${row.ratio ?? '—'}; budget ${row.budget})\n`,
    );
  }
}
