import { startNodeHost } from '../../../src/main/hosts/node-server.ts';
import { hostOptions } from './host-options.ts';

// A workstation in a process of its own, so that a test can kill it as a power cut would.
const [folder, given] = process.argv.slice(2);
if (folder === undefined || given === undefined) throw new Error('Give a data folder and options');
const host = await startNodeHost(hostOptions(folder, JSON.parse(given) as { undoMs?: number; now?: string }));
process.stdout.write(`${host.url}\n`);
