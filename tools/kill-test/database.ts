import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';

const RECOVERY_MS = 60_000;

/**
 * Kills a process of the database server with SIGKILL, one that is at work if there is one. The server then ends all
 * connections and recovers from its log, as after a loss of power; resolves when it takes connections again.
 */
export async function killDatabase(url: string): Promise<void> {
  const client = await connected(url);
  const pid = await somebodyAtWork(client);
  const thrownOut = new Promise<void>((resolve) => client.once('end', resolve));
  process.kill(pid, 'SIGKILL');
  await thrownOut;
  await (await connected(url)).end();
}

/** A process that serves somebody, at work if there is one. Right after the kill before, nobody may be back yet: waits for them. */
async function somebodyAtWork(client: pg.Client): Promise<number> {
  const until = Date.now() + RECOVERY_MS;
  for (;;) {
    const { rows } = await client.query<{ pid: number }>(`
      SELECT pid FROM pg_stat_activity
      WHERE backend_type = 'client backend' AND pid <> pg_backend_pid() AND datname = current_database()
      ORDER BY state = 'idle', random() LIMIT 1`);
    const [found] = rows;
    if (found !== undefined) return found.pid;
    if (Date.now() > until) throw new Error('Nobody is connected to the database');
    await wait(50);
  }
}

/** A connection, as soon as the server takes one. */
async function connected(url: string): Promise<pg.Client> {
  const until = Date.now() + RECOVERY_MS;
  for (;;) {
    const client = new pg.Client({ connectionString: url });
    // Thrown out by the server: `end` says so too.
    client.on('error', () => undefined);
    try {
      await client.connect();
      return client;
    } catch (error) {
      if (Date.now() > until) throw error;
      await wait(50);
    }
  }
}
