/** One system's client in a process of its own: `node push-process.ts NAME FOLDER`; pushes a backlog when told to. */
import { openHeshi } from './push-heshi.ts';
import { openPouch } from './push-pouch.ts';
import { openRxdb } from './push-rxdb.ts';
import type { Pusher } from './pusher.ts';

const SYSTEMS: Record<string, (folder: string) => Promise<Pusher>> = {
  heshi: openHeshi,
  pouch: openPouch,
  'rxdb-memory': () => openRxdb(null),
  rxdb: openRxdb,
};

const [name = '', folder = ''] = process.argv.slice(2);
const open = SYSTEMS[name];
if (!open) throw new Error(`No system ${name}`);
const pusher = await open(folder);
process.on('message', (round: unknown) => {
  if (typeof round !== 'number') return;
  void pusher.push(round).then((milliseconds) => {
    process.send?.(milliseconds);
  });
});
process.on('disconnect', () => void pusher.stop().then(() => process.exit(0)));
process.send?.('ready');
