import { fail, readArguments, wholeNumber } from '../arguments.ts';
import { FAULT_NAMES, FAULTS, readFaults } from './fault-model/kinds.ts';
import { STEPS } from './fault-model/steps.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const USAGE = `npm run simulate -- [--points 8] [--merchants N] [--days 30] [--seed 1] [--json] [--keep]
npm run simulate -- --faults all|FAULT,FAULT,… [--seeds 10] [--seed-from 1] [--workers 2] [--steps 60] [--trace] [--json]
npm run simulate -- --mutants [--only NAME,…] [--seeds 10] [--seed-from 1] [--steps 60] [--json]

Without --faults a district lives its days and the roll-up is compared with an independent count. With them a
few workstations live through every fault named, seed by seed, and the invariants are checked after each. --mutants plants the bugs of tests/sync/mutants, one at a time, and looks for a
seed that shows each. The faults:
${Object.entries(FAULTS)
  .map(([name, what]) => `  ${name}: ${what}`)
  .join('\n')}`;

const say = (text: string): void => {
  process.stderr.write(`${text}\n`);
};
const { values } = readArguments(
  {
    points: { type: 'string', default: '8' },
    merchants: { type: 'string' },
    days: { type: 'string', default: '30' },
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
    faults: { type: 'string' },
    seeds: { type: 'string', default: '10' },
    'seed-from': { type: 'string', default: '1' },
    workers: { type: 'string', default: '2' },
    steps: { type: 'string', default: String(STEPS) },
    trace: { type: 'boolean', default: false },
    mutants: { type: 'boolean', default: false },
    only: { type: 'string' },
  },
  USAGE,
);
const points = wholeNumber('points', values.points, 4, 2000);
const merchants = wholeNumber('merchants', values.merchants ?? String(points * 3), points, 20_000);
const days = wholeNumber('days', values.days, 1, 3660);
const seed = wholeNumber('seed', values.seed, 0, 2 ** 31);

if (values.mutants) {
  await huntMutants();
  process.exit();
}
if (values.faults !== undefined) {
  await simulateFaults(values.faults);
  process.exit();
}
// Loaded here and in the functions below, so that help and a mistyped option are answered at once.
const { runSimulation } = await import('./run.ts');
const { folder, remove } = await temporaryFolder('heshi-simulation-');
try {
  const result = await runSimulation({ folder, points, merchants, days, seed, say });
  if (values.json) process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
  else
    say(
      `difference ${result.difference}; ${result.compared.figures} figures of ${result.compared.units} units`,
    );
  process.exitCode =
    result.difference === 0 && result.brokenInvariants === 0 && result.unproved === 0 ? 0 : 1;
} finally {
  if (values.keep) say(`kept in ${folder}`);
  else await remove();
}

async function simulateFaults(text: string): Promise<void> {
  const faults = readFaults(text) ?? fail(`--faults ${text}: not a fault\n${USAGE}`);
  const { driveSeeds } = await import('./fault-model/driver.ts');
  const report = await driveSeeds({
    faults,
    faultsText: text,
    seeds: wholeNumber('seeds', values.seeds, 1, 100_000),
    from: wholeNumber('seed-from', values['seed-from'], 0, 2 ** 31),
    workers: wholeNumber('workers', values.workers, 1, 64),
    steps: wholeNumber('steps', values.steps, 12, 10_000),
    trace: values.trace,
    say,
  });
  if (values.json) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  say(
    `${report.seeds.run} seeds, ${report.brokenInvariants} broken, ${report.failing.length} failing, ${report.seconds} s`,
  );
  for (const fault of report.missingFaults) say(`no ${fault} was injected`);
  process.exitCode = report.passed ? 0 : 1;
}

async function huntMutants(): Promise<void> {
  const [{ MUTANTS }, { huntAll }, { startServer }] = await Promise.all([
    import('../../tests/sync/mutants/list.ts'),
    import('./fault-model/hunt.ts'),
    import('./fault-model/server.ts'),
  ]);
  const names = values.only?.split(',') ?? MUTANTS.map((mutant) => mutant.name);
  for (const name of names)
    if (!MUTANTS.some((mutant) => mutant.name === name))
      fail(`--only ${name}: no such planted bug\n${USAGE}`);
  const server = await startServer();
  try {
    const hunts = await huntAll(server.url, {
      mutants: MUTANTS.filter((mutant) => names.includes(mutant.name)),
      faults: new Set(FAULT_NAMES),
      steps: wholeNumber('steps', values.steps, 12, 10_000),
      more: wholeNumber('seeds', values.seeds, 0, 10_000),
      from: wholeNumber('seed-from', values['seed-from'], 0, 2 ** 31),
      onHunt: ({ mutant, seed: found, tried, shownBy }) =>
        say(
          found === null
            ? `${mutant}: NOT FOUND in ${tried} seeds`
            : `${mutant}: seed ${found}, after ${tried}: ${shownBy.join('; ')}`,
        ),
    });
    if (values.json) process.stdout.write(`${JSON.stringify(hunts, null, 2)}\n`);
    process.exitCode = hunts.every((one) => one.seed !== null) ? 0 : 1;
  } finally {
    await server.stop();
  }
}
