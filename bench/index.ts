import { fail, readArguments } from '../tools/arguments.ts';
import { benchArchive } from './archive.ts';
import { benchBootstrap } from './bootstrap.ts';
import { benchFleetDrain, benchStorm } from './fleet.ts';
import { benchImport } from './import.ts';
import { benchIngest } from './ingest.ts';
import { benchCommit, benchReads } from './local.ts';
import { benchLive } from './live.ts';
import { benchMemory } from './memory.ts';
import { benchPush } from './push.ts';
import { benchRollup } from './rollup.ts';
import { benchScaling } from './scaling.ts';
import type { Bench, BenchRow } from './row.ts';

const BENCHES: readonly Bench[] = [
  { name: 'commit', run: benchCommit },
  { name: 'reads', run: benchReads },
  { name: 'push', run: benchPush },
  { name: 'ingest', run: benchIngest },
  { name: 'memory', run: benchMemory },
  { name: 'import', run: benchImport },
  { name: 'live', run: benchLive },
  { name: 'storm', run: benchStorm },
  { name: 'fleet-drain', run: benchFleetDrain, onlyAlone: true },
  { name: 'bootstrap', run: benchBootstrap },
  { name: 'archive', run: benchArchive, onlyAlone: true },
  { name: 'rollup', run: benchRollup },
  { name: 'scaling', run: benchScaling, onlyAlone: true },
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
