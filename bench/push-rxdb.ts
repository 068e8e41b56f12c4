import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { actorAt, registration } from '../tests/support/facts.ts';
import { AT, BACKLOG, BATCH, UNIT, type Pusher } from './pusher.ts';
import { timed } from './row.ts';
import { loadRxdb } from './rxdb.ts';

/**
 * The same records from RxDB to rxdb-server. Both in memory: the storages that are free of charge and keep anything
 * on a disk are for browsers or need a server of their own, so that RxDB is let off the durability of the others.
 */
export async function openRxdb(): Promise<Pusher> {
  const { open, replicateServer } = loadRxdb();
  const server = fork(fileURLToPath(new URL('./rxdb-process.ts', import.meta.url)));
  const [url] = await once(server, 'message');
  const { facts } = await open('client');
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
      });
      server.send('count');
      const [count] = await once(server, 'message');
      if (count !== (round + 1) * BACKLOG) throw new Error(`RxDB's server has ${count} records`);
      return milliseconds;
    },
    stop: async () => {
      server.disconnect();
      await once(server, 'exit');
    },
  };
}
