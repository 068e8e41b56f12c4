import { startNodeHost } from '../../../src/main/hosts/node-server.ts';
import { hostOptions, movableClock } from './host-options.ts';

// A workstation in a process of its own, so that a test can kill it as a power cut would.
const [folder, given] = process.argv.slice(2);
if (folder === undefined || given === undefined) throw new Error('Give a data folder and options');
const options = JSON.parse(given) as { undoMs?: number; now?: string };
const host = await startNodeHost(hostOptions(folder, options, movableClock(options.now)));
process.stdout.write(`${host.url}\n`);
