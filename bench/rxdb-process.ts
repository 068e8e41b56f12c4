/** rxdb-server in a process of its own: `node rxdb-process.ts [FOLDER]`, in memory without one; tells its address. */
import { once } from 'node:events';
import { createServer as createHttpServer, type Server } from 'node:http';
import { createServer } from 'node:net';
import { loadRxdb, saved } from './rxdb.ts';

const { open, createRxServer, RxServerAdapterExpress, express } = loadRxdb();
const { database, facts } = await open('server', process.argv[2] ?? null);

const probe = createServer().listen(0, '127.0.0.1');
await once(probe, 'listening');
const address = probe.address();
const port = typeof address === 'object' && address !== null ? address.port : 0;
probe.close();
await once(probe, 'close');

// As it comes, it takes bodies of 100 kB, which would cut batches down to 150 records and slow it.
const adapter = {
  ...RxServerAdapterExpress,
  create: async () => {
    const app = express();
    app.use(express.json({ limit: '64mb' }));
    const listen = (at: number, host: string, ready: () => void): Server => {
      const listening = createHttpServer(app);
      // The client is busy with its own records for longer than Node's five seconds where the machine is; a connection
      // closed just then would fail its push.
      listening.keepAliveTimeout = 0;
      return listening.listen(at, host, ready);
    };
    return Object.assign(app, { listen });
  },
};
const server = await createRxServer({ database, adapter, port, hostname: '127.0.0.1' });
const { urlPath } = await server.addReplicationEndpoint({ name: 'facts', collection: facts });
await server.start();
process.send?.(`http://127.0.0.1:${port}/${urlPath}`);
// Asked whether it has saved everything, and how many records it has.
const answer = async (): Promise<void> => {
  await saved(facts);
  process.send?.(await facts.count().exec());
};
process.on('message', () => void answer());
process.on('disconnect', () => process.exit(0));
