import { createInterface } from 'node:readline';
import { startNodeHost } from '../../../src/main/hosts/node-server.ts';

// A workstation in a process of its own, so that a test can kill it as a power cut would.
const [folder, given] = process.argv.slice(2);
if (folder === undefined || given === undefined) throw new Error('Give a data folder and options');
const { undoMs, now } = JSON.parse(given) as { undoMs?: number; now?: string };
let aheadMs = now === undefined ? 0 : Date.parse(now) - Date.now();
const host = await startNodeHost({
  dataFolder: folder,
  open: false,
  port: 0,
  clock: () => new Date(Date.now() + aheadMs),
  ...(undoMs === undefined ? {} : { undoMs }),
});
process.stdout.write(`${host.url}\n`);
// Each line that comes in is what the workstation's clock says from now on.
createInterface({ input: process.stdin }).on('line', (line) => {
  aheadMs = Date.parse(line) - Date.now();
  process.stdout.write(`${line}\n`);
});
