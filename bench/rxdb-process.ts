/** rxdb-server in a process of its own; tells its address. */
import { once } from 'node:events';
import { createServer } from 'node:net';
import { loadRxdb } from './rxdb.ts';

const { open, createRxServer, RxServerAdapterExpress, express } = loadRxdb();
const { database, facts } = await open('server');

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
    return app;
  },
};
const server = await createRxServer({ database, adapter, port, hostname: '127.0.0.1' });
const { urlPath } = await server.addReplicationEndpoint({ name: 'facts', collection: facts });
await server.start();
process.send?.(`http://127.0.0.1:${port}/${urlPath}`);
// Asked how many records it has.
process.on(
  'message',
  () =>
    void facts
      .count()
      .exec()
      .then((count) => process.send?.(count)),
);
process.on('disconnect', () => process.exit(0));
