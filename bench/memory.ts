import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hash } from '@node-rs/argon2';
import { codeFor, createTestDistrict } from '../tests/support/postgres.ts';
import { PASSWORD } from '../tests/support/workstation.ts';
import { startCentre } from '../tools/world/centre.ts';
import { BACKLOG, UNIT } from './pusher.ts';
import { memoryRow, type BenchRow } from './row.ts';
import { temporaryFolder } from '../tools/temporary-folder.ts';

/** Runs a workstation's process to its end, and returns what it told. */
async function run(...words: string[]): Promise<unknown> {
  const child = fork(fileURLToPath(new URL('./memory-process.ts', import.meta.url)), words);
  let told: unknown = null;
  child.on('message', (message) => {
    told = message;
  });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error('The workstation’s process failed; what it wrote stands above');
  return told;
}

/** The greatest memory of a workstation that is opened on a backlog, works, and brings it all over. */
export async function benchMemory(): Promise<BenchRow[]> {
  const { folder, remove } = await temporaryFolder();
  const centre = await startCentre({ folder: join(folder, 'centre') });
  await createTestDistrict(centre, await hash(PASSWORD, { memoryCost: 1024, timeCost: 1, parallelism: 1 }));
  const workstation = join(folder, 'workstation');
  await run('record', workstation, centre.url, await codeFor(centre, UNIT));
  const bytes = await run('work', workstation);
  await centre.stop();
  await remove();
  const what = `a workstation's process that opens on ${BACKLOG} cases, registers and searches, and pushes all of it`;
  return [memoryRow('memory-workstation', typeof bytes === 'number' ? bytes : null, 250, what)];
}
