import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hash } from '@node-rs/argon2';
import { createNodeHost } from '../src/main/hosts/node.ts';
import { startWorkstation } from '../src/main/workstation.ts';
import { appendLocal, type NewFact } from '../src/main/store/index.ts';
import { actorAt, registration } from '../tests/support/facts.ts';
import { codeFor, createTestDistrict } from '../tests/support/postgres.ts';
import { PASSWORD, temporaryFolder } from '../tests/support/workstation.ts';
import { startCentre } from '../tools/world/centre.ts';
import { loadPouch } from './pouch.ts';
import { rounded, timed, type BenchRow } from './row.ts';

const EVENTS = 10_000;

/** A backlog of 10,000 events to a centre in a process of its own over loopback, durable on both sides, checks and roll-ups included. */
async function pushHeshi(folder: string): Promise<number> {
  const centre = await startCentre({ folder: join(folder, 'centre') });
  await createTestDistrict(centre, await hash(PASSWORD, { memoryCost: 1024, timeCost: 1, parallelism: 1 }));
  const dataFolder = join(folder, 'desk');
  const workstation = await startWorkstation({
    dataFolder,
    host: createNodeHost(dataFolder),
    automaticSync: false,
  });
  const { api } = workstation.connect();
  await api.session.enrol({
    centreUrl: centre.url,
    code: await codeFor(centre, '/HS/C1/M01'),
    deviceName: 'bench',
  });
  const identity = workstation.desk.identity();
  if (identity === null) throw new Error('Not enrolled');
  const context = {
    device: identity.deviceId,
    actor: { ...actorAt('/HS/C1/M01'), staffId: 'mediator-mall' },
    unitPath: '/HS/C1/M01',
    at: '2026-03-10T02:00:00.000Z',
  };
  for (let done = 0; done < EVENTS; done += 1000) {
    const facts = Array.from({ length: 1000 }, (_, index): NewFact => ({
      stream: { kind: 'case', id: `push-${done + index}` },
      type: 'case-registered',
      version: 1,
      payload: registration(),
    }));
    await workstation.desk.store.write((writer) =>
      appendLocal(writer, context, facts, workstation.desk.directory),
    );
  }
  const milliseconds = await timed(async () => {
    const status = await workstation.desk.sync.run();
    if (status.sign !== 'proved') throw new Error(`Not proved: ${status.reason}`);
  });
  await workstation.close();
  await centre.stop();
  return milliseconds;
}

/** The same records from PouchDB to express-pouchdb over loopback, with their best documented batch settings. */
async function pushPouch(folder: string): Promise<number> {
  const { PouchDB } = loadPouch();
  const Local = PouchDB.defaults({ prefix: join(folder, 'pouch-local-') });
  const server = fork(fileURLToPath(new URL('./pouch-process.ts', import.meta.url)), [folder]);
  const [port] = await once(server, 'message');
  const local = new Local('backlog');
  for (let done = 0; done < EVENTS; done += 1000) {
    await local.bulkDocs(
      Array.from({ length: 1000 }, (_, index) => ({
        _id: `push-${String(done + index).padStart(6, '0')}`,
        type: 'case-registered',
        at: '2026-03-10T02:00:00.000Z',
        unitPath: '/HS/C1/M01',
        actor: actorAt('/HS/C1/M01'),
        payload: registration(),
      })),
    );
  }
  const target = new PouchDB(`http://127.0.0.1:${port}/backlog`);
  const milliseconds = await timed(async () => {
    const result = await local.replicate.to(target, { batch_size: 1000, batches_limit: 10 });
    if (!result.ok || result.docs_written !== EVENTS) throw new Error('PouchDB did not replicate everything');
  });
  await local.close();
  server.disconnect();
  await once(server, 'exit');
  return milliseconds;
}

export async function benchPush(): Promise<BenchRow[]> {
  const { folder, remove } = await temporaryFolder();
  const pouch = await pushPouch(folder);
  const heshi = await pushHeshi(folder);
  await remove();
  const ratio = pouch / heshi;
  return [
    {
      name: 'push-10k',
      value: rounded(heshi),
      unit: 'ms',
      reference: `PouchDB to express-pouchdb, same records, batch_size 1000, batches_limit 10: ${rounded(pouch)} ms`,
      ratio: rounded(ratio),
      budget: '>= 4 x faster than PouchDB',
      met: ratio >= 4,
    },
  ];
}
