import { startEmbeddedPostgres } from '../../src/central/kernel/db/embedded.ts';
import { temporaryFolder } from '../../tools/temporary-folder.ts';
import { makeTemplates, RUNS_AT } from './postgres.ts';
import { shared } from './shared.ts';

/**
 * Starts, once for a whole run, the PostgreSQL in which each test has databases of its own. A run within a test of another run
 * has its databases there.
 */
export function setup(): Promise<() => Promise<void>> {
  return shared('cluster', async () => {
    if (process.env[RUNS_AT] !== undefined) return async () => undefined;
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
