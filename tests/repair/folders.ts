import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { createHeadKeeper } from '../../src/main/kernel/integrity/index.ts';
import type { Workstation, WorkstationClient } from '../../src/main/workstation.ts';
import { caseInput } from '../support/workstation.ts';

/** Cases that are at the centre when the copy is made, after that, and cases that nobody else has. */
export const SENT = 30;
export const SENT_LATER = 3;
export const UNSENT = 2;

/** A workstation's folder as it was closed, and as a kill leaves it: what was recorded last stands in the write-ahead log. */
export type Templates = { closed: string; killed: string; cases: string[] };

const TEXT = '【虚构示例】大衣掉色，要求退款。'.repeat(30);

async function register(api: WorkstationClient, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const facts = { text: TEXT, occurredOn: '2026-03-01' };
    ids.push((await api.cases.register(caseInput({ facts }))).id);
  }
  return ids;
}

/** Works at a workstation that is enrolled and signed in, and keeps its folder as it is then; closes it. */
export async function makeTemplates(
  running: Workstation,
  api: WorkstationClient,
  root: string,
): Promise<Templates> {
  const { store } = running.parts;
  const cases = await register(api, SENT);
  await api.sync.now();
  await api.repair.copy({ folder: null });
  cases.push(...(await register(api, SENT_LATER)));
  await api.sync.now();
  await new Promise<void>((resolve, reject) =>
    store.handle.exec('PRAGMA wal_checkpoint(TRUNCATE)', (error) => (error ? reject(error) : resolve())),
  );
  cases.push(...(await register(api, UNSENT)));
  const keeper = createHeadKeeper(store, () => undefined);
  keeper.changed();
  await keeper.close();
  const killed = join(root, 'killed');
  await cp(store.folder, killed, { recursive: true });
  await running.close();
  return { closed: store.folder, killed, cases };
}
