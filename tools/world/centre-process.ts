/** A centre that a demonstration or a simulation started: `node centre-process.ts FOLDER [FIRST-DAY [SESSION-DAYS [PORT]]]`. */
import '../../src/terminal/boundary.mjs';
import { join } from 'node:path';
import { createCentre } from '../../src/central/centre.ts';
import { startEmbeddedPostgres } from '../../src/central/kernel/db/embedded.ts';
import { CENTRE_KEY_FILE, openCentreKey } from '../../src/central/kernel/keys/centre-key.ts';
import { ADMIN_TOKEN, Order, type Told } from './centre-orders.ts';
import { createClock } from './clock.ts';

const [folder = '', firstDay, sessionDays, port = '0'] = process.argv.slice(2);
const simulated = firstDay === undefined ? null : createClock(firstDay);
let day: number | null = simulated === null ? null : 0;
const tell = (told: Told): void => void process.send?.(told);

const given = process.env['DATABASE_URL'];
let own: string | null = null;
const postgres = given === undefined ? await startEmbeddedPostgres({ folder, disposable: true }) : null;
const centre = await createCentre({
  databaseUrl: postgres?.url ?? given ?? '',
  adminToken: ADMIN_TOKEN,
  ...(await openCentreKey(join(folder, CENTRE_KEY_FILE), new Date())),
  evidenceFolder: join(folder, 'evidence'),
  // A year lived in a minute would sign in anew at every request otherwise.
  ...(sessionDays === undefined ? {} : { sessionSeconds: Number(sessionDays) * 86_400 }),
  // A year lived in minutes: whoever lives it says when merchants are graded.
  grades: () => simulated === null || day === null,
  // The cards of the demonstration lead to this very machine.
  publicUrl: () => own,
  clock: () => (simulated !== null && day !== null ? simulated.now() : new Date()),
});

let stopping = false;
const stop = async (): Promise<void> => {
  if (stopping) return;
  stopping = true;
  await centre.close();
  await postgres?.stop();
  process.exit(0);
};
process.on('message', (message) => {
  const order = Order.parse(message);
  if (order.order === 'stop') return void stop();
  if (order.order === 'job') return void centre.runJob(order.name).then(() => tell({ told: 'job-done' }));
  day = order.day;
  if (order.day !== null) simulated?.setDay(order.day);
  tell({ told: 'day-set' });
});
// The terminal tells both processes of Ctrl+C; this one goes when the other has finished, or is gone.
process.on('SIGINT', () => undefined);
process.on('disconnect', () => void stop());
const { url } = await centre.listen({ host: '127.0.0.1', port: Number(port) });
own = url;
tell({ told: 'listening', url });
