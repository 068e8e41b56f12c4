import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { actorAt, registration } from '../tests/support/facts.ts';
import { AT, BACKLOG, BATCH, UNIT, type Pusher } from './pusher.ts';
import { timed } from './row.ts';
import { loadRxdb, saved } from './rxdb.ts';

/**
 * The same records from RxDB to rxdb-server, both in files of `folder` through LokiJS, the one storage for Node that is
 * free of charge and needs no server of its own; or, without a folder, both in memory.
 */
export async function openRxdb(folder: string | null): Promise<Pusher> {
  const { open, replicateServer } = loadRxdb();
  const server = fork(
    fileURLToPath(new URL('./rxdb-process.ts', import.meta.url)),
    folder === null ? [] : [folder],
  );
  const [url] = await once(server, 'message');
  const { facts } = await open('client', folder);
  return {
    push: async (round) => {
      for (let done = 0; done < BACKLOG; done += BATCH) {
        const { error } = await facts.bulkInsert(
          Array.from({ length: BATCH }, (_, index) => ({
            id: `push-${round}-${String(done + index).padStart(6, '0')}`,
            type: 'case-registered',
            at: AT,
            unitPath: UNIT,
            actor: actorAt(UNIT),
            payload: registration(),
          })),
        );
        if (error.length > 0) throw new Error('RxDB did not take every record');
      }
      await saved(facts);
      let count: unknown;
      const milliseconds = await timed(async () => {
        const replication = replicateServer({
          collection: facts,
          replicationIdentifier: 'bench',
          url,
          push: { batchSize: BATCH },
          live: false,
        });
        const failed = new Promise<never>((_, reject) => replication.error$.subscribe(reject));
        await Promise.race([replication.awaitInitialReplication(), failed]);
        await saved(facts);
        server.send('saved');
        [count] = (await once(server, 'message')) as unknown[];
      });
      if (count !== (round + 1) * BACKLOG) throw new Error(`RxDB's server has ${String(count)} records`);
      return milliseconds;
    },
    stop: async () => {
      server.disconnect();
      await once(server, 'exit');
    },
  };
}
