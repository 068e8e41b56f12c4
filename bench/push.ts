import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { installPeers } from './install-peers.ts';
import { BACKLOG, BATCH } from './pusher.ts';
import { median, rounded, type BenchRow } from './row.ts';
import { temporaryFolder } from '../tools/temporary-folder.ts';

/** Rounds that make both sides warm: the engine goes on compiling through the first ones. */
const WARM = 3;
const ROUNDS = 5;
const Milliseconds = z.number();

type System = { child: ChildProcess; times: number[] };

async function start(name: string, folder: string): Promise<System> {
  const own = join(folder, name);
  await mkdir(own);
  const child = fork(fileURLToPath(new URL('./push-process.ts', import.meta.url)), [name, own]);
  await answerOf(child, name);
  return { child, times: [] };
}

async function answerOf(child: ChildProcess, name: string): Promise<unknown> {
  const gone = once(child, 'exit').then(() => {
    throw new Error(`The process of ${name} ended; what it wrote stands above`);
  });
  const [message] = (await Promise.race([once(child, 'message'), gone])) as unknown[];
  return message;
}

/**
 * A backlog of 10,000 records from a client to a server over loopback, each in a process of its own and warm, turn by
 * turn, so that whatever else the machine does meets all of them.
 */
export async function benchPush(): Promise<BenchRow[]> {
  const missing = installPeers();
  const names = [...(missing === null ? ['pouch', 'rxdb', 'rxdb-memory'] : []), 'heshi'];
  const { folder, remove } = await temporaryFolder();
  const systems = new Map<string, System>();
  for (const name of names) systems.set(name, await start(name, folder));
  for (let round = 0; round < WARM + ROUNDS; round += 1) {
    for (const [name, system] of systems) {
      system.child.send(round);
      const milliseconds = Milliseconds.parse(await answerOf(system.child, name));
      if (round >= WARM) system.times.push(milliseconds);
    }
  }
  for (const { child } of systems.values()) {
    child.disconnect();
    await once(child, 'exit');
  }
  await remove();
  const value = median(systems.get('heshi')?.times ?? []);
  const settings = `same records, batches of ${BATCH}`;
  const against = (name: string, title: string, times: number | null): BenchRow => {
    const system = systems.get(name);
    const other = system ? median(system.times) : null;
    const ratio = other === null ? null : other / value;
    return {
      name: name === 'pouch' ? 'push-10k' : `push-10k-${name}`,
      value: rounded(value),
      unit: `ms until ${BACKLOG} facts are proved, median of ${ROUNDS}`,
      reference:
        other === null
          ? `${title} could not be installed: ${missing}`
          : `${title}, ${settings}: ${rounded(other)} ms`,
      ratio: ratio === null ? null : rounded(ratio),
      budget: times === null ? '—' : `>= ${times} x faster than ${title.split(' ')[0]}`,
      met: times === null ? null : ratio !== null && ratio >= times,
    };
  };
  return [
    against('pouch', 'PouchDB to express-pouchdb (LevelDB synced, batches_limit 10)', 4),
    against('rxdb', 'RxDB to rxdb-server (LokiJS on files)', 2),
    against('rxdb-memory', 'RxDB to rxdb-server (both in memory, nothing durable)', null),
  ];
}
