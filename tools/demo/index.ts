import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startNodeHost } from '../../src/main/hosts/node-server.ts';
import { businessDay, shiftDay } from '../../src/domain/calendar/index.ts';
import { fail, readArguments, wholeNumber } from '../arguments.ts';
import { ensureRenderer } from '../build-renderer.ts';
import { DEMO_PASSWORD, removeFolder } from '../world/desk.ts';
import { startCentre } from '../world/centre.ts';
import { DAYS, makeDemonstration, type Demonstration } from './make.ts';

const USAGE =
  'npm run demo -- [--role mediator|shop-manager|supervisor] [--fresh] [--no-open] [--data DIR] [--port N]';

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
const { role } = values;
if (role !== 'mediator' && role !== 'shop-manager' && role !== 'supervisor')
  fail(`No role ${role}.\n${USAGE}`);
const port = wholeNumber('port', values.port, 0, 65_535);
const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

if (values.fresh) await removeFolder(values.data);
const readyFile = join(values.data, 'ready.json');
// A demonstration that was cut off while it was made is made anew.
if (existsSync(values.data) && !existsSync(readyFile)) await removeFolder(values.data);

const rendererBuilt = ensureRenderer();
const toMake = !existsSync(readyFile);
const today = businessDay(new Date().toISOString());
const firstDay = shiftDay(today, -DAYS);
const centre = await startCentre({
  folder: join(values.data, 'centre'),
  ...(toMake ? { simulated: { firstDay, sessionDays: 2 * DAYS } } : {}),
});
if (toMake) {
  const made = await makeDemonstration({ folder: values.data, centre, firstDay, today });
  await writeFile(readyFile, JSON.stringify(made, null, 2));
}
const demonstration = JSON.parse(await readFile(readyFile, 'utf8')) as Demonstration;
const desk = demonstration.desks[role];
await rendererBuilt;
// The centre's address may have changed since the desks were enrolled.
const host = await startNodeHost({
  dataFolder: desk.folder,
  open: !values['no-open'],
  port,
  centreUrl: centre.url,
  signInAs: { staffId: desk.staffId, password: DEMO_PASSWORD },
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
say(`  centre ${centre.url}; every account's password is ${DEMO_PASSWORD}`);
say(`  signed in as ${desk.name} (${role}) at ${desk.unitName}`);
say(`  open ${host.url}`);
say('Stop with Ctrl+C.');

let stopping = false;
const stop = async (): Promise<void> => {
  if (stopping) return;
  stopping = true;
  await host.close();
  await centre.stop();
  process.exit(0);
};
process.on('SIGINT', () => void stop());
process.on('SIGTERM', () => void stop());
