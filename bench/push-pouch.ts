import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { actorAt, registration } from '../tests/support/facts.ts';
import { loadPouch } from './pouch.ts';
import { AT, BACKLOG, BATCH, UNIT, type Pusher } from './pusher.ts';
import { timed } from './row.ts';

/** The same records from PouchDB to express-pouchdb, with their best documented batch settings. */
export async function openPouch(folder: string): Promise<Pusher> {
  const { PouchDB, level } = loadPouch();
  const Local = PouchDB.defaults({ prefix: join(folder, 'pouch-local-'), db: level });
  const server = fork(fileURLToPath(new URL('./pouch-process.ts', import.meta.url)), [folder]);
  const [port] = await once(server, 'message');
  const local = new Local('backlog');
  const target = new PouchDB(`http://127.0.0.1:${port}/backlog`);
  return {
    push: async (round) => {
      for (let done = 0; done < BACKLOG; done += BATCH) {
        await local.bulkDocs(
          Array.from({ length: BATCH }, (_, index) => ({
            _id: `push-${round}-${String(done + index).padStart(6, '0')}`,
            type: 'case-registered',
            at: AT,
            unitPath: UNIT,
            actor: actorAt(UNIT),
            payload: registration(),
          })),
        );
      }
      return timed(async () => {
        const result = await local.replicate.to(target, { batch_size: BATCH, batches_limit: 10 });
        if (!result.ok || result.docs_written !== BACKLOG) {
          throw new Error('PouchDB did not replicate everything');
        }
      });
    },
    stop: async () => {
      await local.close();
      server.disconnect();
      await once(server, 'exit');
    },
  };
}
