import { fail, readArguments, wholeNumber } from '../arguments.ts';
import { FAULT_NAMES, FAULTS, readFaults } from './fault-model/kinds.ts';
import { STEPS } from './fault-model/steps.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const USAGE = `npm run simulate -- [--points 8] [--merchants N] [--days 30] [--seed 1] [--json] [--keep]
npm run simulate -- --faults all|FAULT,FAULT,… [--seeds 10] [--seed-from 1] [--workers 2] [--steps 60] [--trace] [--json]
npm run simulate -- --credit [--points 256] [--merchants 765] [--days 365] [--policy FILE] [--seed 1] [--json]
npm run simulate -- --repair [--applications 7000] [--departments 30] [--days 365] [--seed 1] [--json]
npm run simulate -- --mutants [--only NAME,…] [--seeds 10] [--seed-from 1] [--steps 60] [--json]

Without --faults a district lives its days and the roll-up is compared with an independent count. With them a
few workstations live through every fault named, seed by seed, and the invariants are checked after each. --credit grades the demonstration's merchants under the shipped credit policy and another one: distribution,
migration, who changes and why, and how grades hold by size. --repair lives a year of applications for credit repair, with
holidays, absences, lines that are down and a day without the centre, and sets the roll-up's figures against an independent count; exit code 1
unless all are equal. --mutants plants the bugs of tests/sync/mutants, one at a time, and looks for a
seed that shows each. The faults:
${Object.entries(FAULTS)
  .map(([name, what]) => `  ${name}: ${what}`)
  .join('\n')}`;

const say = (text: string): void => {
  process.stderr.write(`${text}\n`);
};
const { values } = readArguments(
  {
    points: { type: 'string' },
    merchants: { type: 'string' },
    days: { type: 'string' },
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
    credit: { type: 'boolean', default: false },
    policy: { type: 'string' },
    repair: { type: 'boolean', default: false },
    applications: { type: 'string', default: '7000' },
    departments: { type: 'string', default: '30' },
    only: { type: 'string' },
  },
  USAGE,
);
const points = wholeNumber('points', values.points ?? (values.credit ? '256' : '8'), 4, 2000);
const merchants = wholeNumber(
  'merchants',
  values.merchants ?? (values.credit && values.points === undefined ? '765' : String(points * 3)),
  points,
  20_000,
);
const days = wholeNumber('days', values.days ?? (values.credit ? '365' : '30'), 1, 3660);
const seed = wholeNumber('seed', values.seed, 0, 2 ** 31);

if (values.mutants) {
  await huntMutants();
  process.exit();
}
if (values.credit) {
  await gradeDemonstration();
  process.exit();
}
if (values.repair) {
  await repairCredit();
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

async function gradeDemonstration(): Promise<void> {
  const { creditLines, simulateCredit } = await import('./credit.ts');
  const { folder: place, remove: clear } = await temporaryFolder('heshi-credit-');
  try {
    const result = await simulateCredit({
      folder: place,
      points,
      merchants,
      days,
      seed,
      policyFile: values.policy,
      say,
    });
    if (values.json) process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
    for (const line of creditLines(result)) say(line);
    process.exitCode = result.independent.different === 0 && result.fairness.least >= 0.9 ? 0 : 1;
  } finally {
    if (values.keep) say(`kept in ${place}`);
    else await clear();
  }
}

async function repairCredit(): Promise<void> {
  const { isEqual, repairLines, simulateRepairs } = await import('./repair/index.ts');
  const { folder: place, remove: clear } = await temporaryFolder('heshi-repair-');
  try {
    const result = await simulateRepairs({
      folder: place,
      applications: wholeNumber('applications', values.applications, 1, 100_000),
      departments: wholeNumber('departments', values.departments, 1, 60),
      days: wholeNumber('days', values.days ?? '365', 7, 365),
      seed,
      say,
    });
    if (values.json) process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
    for (const line of repairLines(result)) say(line);
    process.exitCode = isEqual(result) ? 0 : 1;
  } finally {
    if (values.keep) say(`kept in ${place}`);
    else await clear();
  }
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
