import { startNodeHost } from '../../../src/main/hosts/node-server.ts';

// A workstation in a process of its own, so that a test can kill it as a power cut would.
const [folder, port, undoMs] = process.argv.slice(2);
if (folder === undefined || port === undefined) throw new Error('Give a data folder and a port');
const host = await startNodeHost({
  dataFolder: folder,
  open: false,
  port: Number(port),
  ...(undoMs === undefined ? {} : { undoMs: Number(undoMs) }),
});
process.stdout.write(`${host.url}\n`);
