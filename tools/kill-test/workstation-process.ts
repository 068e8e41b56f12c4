/** A workstation as the Node host serves it, to be killed: `node workstation-process.ts FOLDER`. Says its address. */
import { startNodeHost } from '../../src/main/hosts/node-server.ts';

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('Give a data folder');
// What is recorded leaves soon, so that a kill meets it on its way.
const host = await startNodeHost({ dataFolder: folder, open: false, port: 0, undoMs: 150 });
process.stdout.write(`${host.url}\n`);
process.on('SIGTERM', () => void host.close().then(() => process.exit(0)));
