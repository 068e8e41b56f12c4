import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { removeServerData } from '../../src/central/kernel/db/postgres-programs.ts';
import { withdrawAddress } from '../../src/main/hosts/entrance.ts';
import { startNodeHost } from '../../src/main/hosts/node-server.ts';
import { businessDay, shiftDay } from '../../src/domain/kernel/calendar/index.ts';
import { FolderInUse, lockFolder } from '../../src/main/kernel/store/lock.ts';
import { Stopped } from '../../src/terminal/stopped.ts';
import { fail, readArguments, wholeNumber } from '../arguments.ts';
import { ensureRenderer } from '../build-renderer.ts';
import { showRunning } from '../show-running.ts';
import { DEMO_PASSWORD } from '../world/workstation.ts';
import { startCentre } from '../world/centre.ts';
import { DAYS, DEMO_ROLES, makeDemonstration, type Demonstration } from './make.ts';

const USAGE = `npm run demo -- [--role ROLE] [--fresh] [--no-open] [--data DIR] [--port N]

Starts a centre and a workstation on an invented district, which the first start makes (--fresh makes it anew). A second
start on the same folder shows a new link to the first. ROLE is one of ${DEMO_ROLES.join(', ')}.`;

const { values } = readArguments(
  {
    role: { type: 'string', default: 'mediator' },
    fresh: { type: 'boolean', default: false },
    'no-open': { type: 'boolean', default: false },
    data: { type: 'string', default: join('.heshi', 'demo') },
    port: { type: 'string', default: '0' },
  },
  USAGE,
);
const role = DEMO_ROLES.find((one) => one === values.role) ?? fail(`No role ${values.role}.\n${USAGE}`);
const port = wholeNumber('port', values.port, 0, 65_535);
const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

const folder = values.data;
const readyFile = join(folder, 'made.json');
await mkdir(folder, { recursive: true, mode: 0o711 });
const lock = await lockFolder(folder).catch(async (error: unknown) => {
  if (!(error instanceof FolderInUse)) throw error;
  await showRunning(folder);
});
// Another one runs there, and its link was shown.
if (lock === undefined) process.exit(0);
// What one that was killed had said of itself.
await withdrawAddress(folder);
// A demonstration that was cut off while it was made is made anew.
if (values.fresh || !existsSync(readyFile)) await emptyFolder();

const rendererBuilt = ensureRenderer(join(folder, 'renderer'));
const toMake = !existsSync(readyFile);
if (!toMake) {
  // Absent from one that an older release made.
  const made: Partial<Demonstration['workstations']> = (await madeBefore()).workstations;
  if (made[role] === undefined)
    throw new Stopped(`The demonstration there has no ${role}: an older release made it`, {
      kept: 'it stays as it is.',
      next: 'make it anew with --fresh, or start it in another role.',
    });
}
const today = businessDay(new Date().toISOString());
const firstDay = shiftDay(today, -DAYS);
const centre = await startCentre({
  folder: join(folder, 'centre'),
  ...(toMake ? { simulated: { firstDay, sessionDays: 2 * DAYS } } : {}),
});
if (toMake) {
  const made = await makeDemonstration({ folder, centre, firstDay, today });
  await writeFile(readyFile, JSON.stringify(made, null, 2));
}
const demonstration = await madeBefore();
const workstation = demonstration.workstations[role];
const renderer = await rendererBuilt;
// The centre's address may have changed since the workstations were enrolled.
const host = await startNodeHost({
  dataFolder: workstation.folder,
  renderer,
  announceIn: folder,
  open: !values['no-open'],
  port,
  centreUrl: centre.url,
  signInAs: { staffId: workstation.staffId, password: DEMO_PASSWORD },
});

const { totals, settlementRate } = demonstration;
say('');
say(
  `Demonstration district (invented people and merchants), lived day by day until ${demonstration.lastDay}:`,
);
say(
  `  ${demonstration.points} dispute points, ${demonstration.merchants} merchants, ${totals.registered} disputes, ` +
    `${Math.round((settlementRate ?? 0) * 1000) / 10} % settled, ${totals['returns-requested']} returns`,
);
if (demonstration.departments)
  say(`  ${demonstration.departments} departments with their windows, and a bank, beside the dispute points`);
// Absent from one that an older release made.
if (demonstration.exemplary)
  say(`  ${demonstration.exemplary} closed the loop, and its grade has risen: see Credit`);
say(`  centre ${centre.url}; every account's password is ${DEMO_PASSWORD}`);
say(`  signed in as ${workstation.name} (${role}) at ${workstation.unitName}`);
say(`  open ${host.url}`);
say('Stop with Ctrl+C.');

let stopping = false;
const stop = async (): Promise<void> => {
  if (stopping) return;
  stopping = true;
  await host.close();
  await centre.stop();
  await lock.release();
  process.exit(0);
};
process.on('SIGINT', () => void stop());
process.on('SIGTERM', () => void stop());

/** What was made, as it was written down. */
async function madeBefore(): Promise<Demonstration> {
  return JSON.parse(await readFile(readyFile, 'utf8')) as Demonstration;
}

/** Removes what an earlier demonstration made, and nothing else. @throws Stopped where something else is there */
async function emptyFolder(): Promise<void> {
  // The last two are an older release's.
  const made = ['centre', 'workstations', 'made.json', 'desks', 'ready.json'];
  const kept = ['lock.sqlite', 'lock.sqlite-journal', 'lock-holder', 'renderer'];
  const foreign = (await readdir(folder)).find((name) => ![...made, ...kept].includes(name));
  if (foreign !== undefined)
    throw new Stopped(`${folder} holds what no demonstration made: ${foreign}`, {
      kept: 'nothing there was changed.',
      next: 'name a new or empty folder with --data DIR.',
    });
  await removeServerData(join(folder, 'centre'));
  for (const name of made) await rm(join(folder, name), { recursive: true, force: true });
}
