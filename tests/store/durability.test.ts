import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { execute } from '../../src/main/kernel/store/connection.ts';
import { FolderInUse } from '../../src/main/kernel/store/lock.ts';
import { CHAIN_START, eventHash } from '../../src/protocol/chain.ts';
import { envelopeOf } from '../../src/main/kernel/store/index.ts';
import { FULL } from '../support/full.ts';
import { connectTo } from '../support/vault.ts';
import { caseInput, openTestWorkstation } from '../support/workstation.ts';
import { temporaryFolder } from '../../tools/temporary-folder.ts';

let folder: string;
let remove: () => Promise<void>;
beforeEach(async () => {
  ({ folder, remove } = await temporaryFolder());
});
afterEach(() => remove());

const CHILD = fileURLToPath(new URL('../support/registering-child.ts', import.meta.url));

describe('kill -9', () => {
  // Processes that start side by side with other work take their time.
  it('loses nothing that was acknowledged, whenever it strikes', { timeout: 240_000 }, async () => {
    const acknowledged = new Set<string>();
    const blows = FULL ? [150, 40, 90, 10, 200, 65] : [150];
    for (const afterMs of blows) {
      const child = spawn(process.execPath, [CHILD, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
      const lines = createInterface({ input: child.stdout });
      let first = true;
      lines.on('line', (id) => {
        acknowledged.add(id);
        if (!first) return;
        first = false;
        setTimeout(() => child.kill('SIGKILL'), afterMs);
      });
      await once(child, 'exit');
      lines.close();
    }
    expect(acknowledged.size).toBeGreaterThan(FULL ? blows.length : 0);
    const workstation = await openTestWorkstation(folder);
    const { read } = workstation.running.parts.store;
    const streams = await read.selectFrom('stream').select('id').where('kind', '=', 'case').execute();
    const kept = new Set(streams.map((row) => row.id));
    expect([...acknowledged].filter((id) => !kept.has(id))).toEqual([]);

    // Nothing is half there: log, outbox, projection and search index agree, and the chain is whole.
    const events = await read
      .selectFrom('event')
      .selectAll()
      .where('origin', '=', 'local')
      .orderBy('device_sequence')
      .execute();
    const outbox = await read.selectFrom('outbox').select('event_id').execute();
    const rows = await read.selectFrom('case_row').select('row').execute();
    const indexed = await read.selectFrom('case_search').select('rowid').execute();
    expect(new Set(outbox.map((row) => row.event_id))).toEqual(new Set(events.map((row) => row.id)));
    expect(rows).toHaveLength(kept.size);
    expect(new Set(indexed.map((row) => row.rowid))).toEqual(new Set(rows.map((row) => row.row)));
    let previous = CHAIN_START;
    for (const [index, row] of events.entries()) {
      expect(row.device_sequence).toBe(index + 1);
      expect(row.previous_hash).toBe(previous);
      expect(row.hash).toBe(eventHash(envelopeOf(row), previous));
      previous = row.hash;
    }
    await workstation.running.close();
  });
});

describe('a full disk', () => {
  it('says so, saves nothing of the command, keeps the draft, and goes on when there is room', async () => {
    const workstation = await openTestWorkstation(folder);
    const { store } = workstation.running.parts;
    const values = { facts: { text: '打了一半的字' } };
    await workstation.api.drafts.save({ key: 'case-new', title: '新案件', values });
    // SQLite's own limit gives SQLITE_FULL exactly as a full disk does.
    const pages = await new Promise<number>((resolve, reject) =>
      store.handle.get<{ page_count: number }>('PRAGMA page_count', (error, row) =>
        error ? reject(error) : resolve(row.page_count),
      ),
    );
    await execute(store.handle, `PRAGMA max_page_count = ${pages}`);
    const input = caseInput({ facts: { text: '长'.repeat(4000), occurredOn: '2026-03-01' } });
    let failure: unknown;
    for (let tries = 0; tries < 50 && failure === undefined; tries += 1) {
      const before = await store.read.selectFrom('event').select('id').execute();
      failure = await workstation.api.cases.register({ ...input, caseId: crypto.randomUUID() }).then(
        () => undefined,
        (error: unknown) => error,
      );
      if (failure === undefined) continue;
      expect(await store.read.selectFrom('event').select('id').execute()).toHaveLength(before.length);
    }
    expect(failure).toMatchObject({ code: 'STORAGE_FULL' });
    expect(await workstation.api.drafts.get({ key: 'case-new' })).toMatchObject({ values });
    await execute(store.handle, 'PRAGMA max_page_count = 1000000');
    await expect(workstation.api.cases.register(input)).resolves.toMatchObject({ id: input.caseId });
    await workstation.running.close();
  });
});

describe('a locked database', () => {
  it('says so after the wait, saves nothing, and works again when the lock is gone', async () => {
    const workstation = await openTestWorkstation(folder, { busyMs: 50 });
    const other = await connectTo(folder);
    await execute(other.handle, 'BEGIN IMMEDIATE');
    const input = caseInput();
    await expect(workstation.api.cases.register(input)).rejects.toMatchObject({ code: 'STORAGE_BUSY' });
    await execute(other.handle, 'ROLLBACK');
    await expect(workstation.api.cases.register(input)).resolves.toMatchObject({ number: 'M01-2026-1-0001' });
    await other.close();
    await workstation.running.close();
  });
});

describe('a data folder', () => {
  it('belongs to one process at a time', async () => {
    const workstation = await openTestWorkstation(folder);
    await expect(openTestWorkstation(folder)).rejects.toBeInstanceOf(FolderInUse);
    await workstation.running.close();
    const again = await openTestWorkstation(folder);
    await again.running.close();
  });

  it('with rubbish in place of the lock is opened, and the rubbish is kept aside', async () => {
    await writeFile(
      join(folder, 'lock.sqlite'),
      'not a database, and longer than its header would be '.repeat(20),
    );
    const workstation = await openTestWorkstation(folder);
    expect(await readFile(join(folder, 'lock.sqlite.unreadable'), 'utf8')).toContain('not a database');
    await expect(openTestWorkstation(folder)).rejects.toMatchObject({ holder: process.pid });
    await workstation.running.close();
  });
});
