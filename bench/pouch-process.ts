/** express-pouchdb in a process of its own: `node pouch-process.ts FOLDER`; tells its port. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { loadPouch } from './pouch.ts';

const [folder = ''] = process.argv.slice(2);
const { PouchDB, expressPouch, level } = loadPouch();
const app = expressPouch(PouchDB.defaults({ prefix: join(folder, 'pouch-remote-'), db: level }), {
  mode: 'minimumForPouchDB',
  logPath: join(folder, 'pouch.log'),
  configPath: join(folder, 'pouch-config.json'),
});
const server = createServer(app);
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const address = server.address();
process.send?.(typeof address === 'object' && address !== null ? address.port : 0);
process.on('disconnect', () => process.exit(0));
