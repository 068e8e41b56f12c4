import { startEmbeddedPostgres } from '../../src/central/kernel/db/embedded.ts';
import { temporaryFolder } from '../../tools/temporary-folder.ts';
import { makeTemplates, RUNS_AT } from './postgres.ts';
import { shared } from './shared.ts';

/** Starts, once for a whole run, the PostgreSQL in which each test has databases of its own. */
export function setup(): Promise<() => Promise<void>> {
  return shared('cluster', async () => {
    const { folder, remove } = await temporaryFolder('heshi-cluster-');
    const server = await startEmbeddedPostgres({ folder, durable: false, disposable: true });
    const stop = async (): Promise<void> => {
      await server.stop();
      await remove();
    };
    try {
      await makeTemplates(server);
    } catch (error) {
      await stop();
      throw error;
    }
    process.env[RUNS_AT] = server.url;
    return stop;
  });
}
