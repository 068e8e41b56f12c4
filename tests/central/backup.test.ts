import { existsSync } from 'node:fs';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { hash } from '@node-rs/argon2';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { backUp } from '../../src/central/backup/backup.ts';
import { restore } from '../../src/central/backup/restore.ts';
import { createCentre, type Centre } from '../../src/central/centre.ts';
import { startEmbeddedPostgres, type EmbeddedServer } from '../../src/central/kernel/db/embedded.ts';
import { runLocal } from '../../src/central/command/local.ts';
import type { NumberAccount } from '../../src/contract/centre/numbers.ts';
import { createNodeHost } from '../../src/main/hosts/node.ts';
import { bookDocumentNumber } from '../../src/main/numbers/held.ts';
import { startWorkstation, type Workstation } from '../../src/main/workstation.ts';
import { createCentralClient, type CentralClient } from '../../src/protocol/central-client.ts';
import { ADMIN_TOKEN, CENTRE_KEY, codeFor, createTestDistrict, ROOMY } from '../support/postgres.ts';
import { caseInput, PASSWORD } from '../support/workstation.ts';
import { temporaryFolder } from '../../tools/temporary-folder.ts';

type OpenWorkstation = Awaited<ReturnType<typeof enrolled>>;

const MALL = '/HS/C1/M01';
const SHOP = '/HS/C1/M01/S001';

let root: string;
let remove: () => Promise<void>;
const open = new Set<Workstation>();
let running: { server: EmbeddedServer; centre: Centre } | null = null;

beforeEach(async () => {
  ({ folder: root, remove } = await temporaryFolder());
  // PostgreSQL's own account passes through to its files and its archive.
  await chmod(root, 0o711);
});
afterEach(async () => {
  for (const one of open) await one.close();
  open.clear();
  await halt();
  await remove();
});

async function halt(): Promise<void> {
  await running?.centre.close();
  await running?.server.stop();
  running = null;
}

/** A centre as its program runs it: a data folder with an archive. */
async function run(
  folder: string,
  port: number,
): Promise<{ url: string; admin: CentralClient; centre: Centre }> {
  const server = await startEmbeddedPostgres({
    folder,
    archive: join(root, `${folder.split('/').at(-1)}-archive`),
  });
  const centre = await createCentre({
    databaseUrl: server.url,
    adminToken: ADMIN_TOKEN,
    key: CENTRE_KEY,
    capacity: ROOMY,
  });
  running = { server, centre };
  const { url } = await centre.listen({ host: '127.0.0.1', port });
  return { url, centre, admin: createCentralClient({ baseUrl: url, token: () => ADMIN_TOKEN }) };
}

async function enrolled(
  name: string,
  unitPath: string,
  staffId: string,
  at: { url: string; admin: CentralClient },
  leasesNumbers = false,
) {
  const dataFolder = join(root, name);
  const workstation = await startWorkstation({
    dataFolder,
    host: createNodeHost(dataFolder),
    automaticSync: false,
    leasesNumbers,
  });
  open.add(workstation);
  const { api } = workstation.connect();
  await api.session.enrol({
    centreUrl: at.url,
    code: await codeFor({ admin: at.admin }, unitPath),
    deviceName: name,
  });
  await api.session.signIn({ staffId, password: PASSWORD });
  return { workstation, api };
}

async function casesAt(centre: Centre): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    SELECT stream_id AS id FROM event WHERE type = 'case-registered' AND status = 'accepted' ORDER BY 1`.execute(
    centre.database,
  );
  return rows.map(({ id }) => id);
}

async function broken(admin: CentralClient): Promise<unknown[]> {
  return (await admin.admin.verify()).invariants.filter((one) => one.broken > 0);
}

describe('a centre put back to a point in time', () => {
  it('has exactly what it had then, and gets again from its workstations what it lost, once', async () => {
    const data = join(root, 'centre');
    const first = await run(data, 0);
    const port = Number(new URL(first.url).port);
    await createTestDistrict(first, await hash(PASSWORD, { memoryCost: 1024, timeCost: 1, parallelism: 1 }));
    const mall = await enrolled('mall', MALL, 'mediator-mall', first);
    const shop = await enrolled('shop', SHOP, 'manager-shop', first);
    const register = async (at: typeof mall): Promise<string> => {
      const { id } = await at.api.cases.register(caseInput());
      await at.api.sync.now();
      return id;
    };
    const beforeBackup = await register(mall);
    const to = join(root, 'backup');
    expect(await backUp({ folder: data, to })).toMatch(
      /^Backed up .*: \d+ files of the database, 0 of evidence$/,
    );
    const beforeInstant = await register(shop);
    const { rows } = await sql<{ at: Date }>`SELECT clock_timestamp() AS at`.execute(first.centre.database);
    const until = rows[0]?.at.toISOString() ?? '';
    // Acknowledged, and lost with the disk.
    const lost = [await register(mall), await register(shop)];
    await first.admin.admin.addStaff({
      staff: [{ id: 'new', name: '新人（虚构）', role: 'mediator', unitPath: MALL, password: PASSWORD }],
    });
    const third = await enrolled('third', MALL, 'mediator-mall', first);
    lost.push(await register(third));
    await mall.api.sync.now();
    expect((await mall.api.sync.status()).sign).toBe('proved');
    await halt();

    const restored = join(root, 'restored');
    const order = { backup: to, archive: join(root, 'centre-archive'), folder: restored, until };
    expect(await restore(order)).toMatch(/^Restored into .*; its last fact came at \d{4}-/);
    const again = await run(restored, port);
    expect(await casesAt(again.centre)).toEqual([beforeBackup, beforeInstant].toSorted());
    expect(await broken(again.admin)).toEqual([]);

    // What was recorded while the centre was away goes too.
    const offline = (await mall.api.cases.register(caseInput())).id;
    await shop.api.sync.now();
    await mall.api.sync.now();
    await shop.api.sync.now();
    expect(await shop.api.sync.now()).toMatchObject({ sign: 'proved', waiting: 0, reason: null });
    const seen = await mall.api.sync.attention();
    expect(seen.map(({ refusal, type }) => [type, refusal?.rule])).toContainEqual([
      'staff-added',
      'lost-at-centre',
    ]);
    for (const { eventId } of seen) await mall.api.sync.dismiss({ eventId });
    expect(await mall.api.sync.now()).toMatchObject({ sign: 'proved', waiting: 0, attention: 0 });

    // Enrolled after that instant: the centre does not know it, and a new code brings all it holds.
    expect(await third.api.sync.now()).toMatchObject({ sign: 'attention', reason: 'device-unknown' });
    const code = await codeFor({ admin: again.admin }, MALL);
    await third.api.session.enrolAgain({ code });
    for (const { eventId } of await third.api.sync.attention()) await third.api.sync.dismiss({ eventId });
    expect(await third.api.sync.now()).toMatchObject({ sign: 'proved', waiting: 0 });

    expect(await casesAt(again.centre)).toEqual([beforeBackup, beforeInstant, ...lost, offline].toSorted());
    expect(await broken(again.admin)).toEqual([]);
    await mall.api.sync.now();
    const list = async (at: typeof mall): Promise<string[]> =>
      (await at.api.cases.list({ limit: 100 })).items.map(({ id }) => id).toSorted();
    expect(await list(mall)).toEqual([beforeBackup, beforeInstant, ...lost, offline].toSorted());
    // Six starts and stops of a real server.
  }, 180_000);
});

describe('document numbers after a centre was put back', () => {
  it('are leased to nobody else, used by nobody twice, and all accounted for', async () => {
    const data = join(root, 'centre');
    const first = await run(data, 0);
    const port = Number(new URL(first.url).port);
    await createTestDistrict(first, await hash(PASSWORD, { memoryCost: 1024, timeCost: 1, parallelism: 1 }));
    const year = Number(new Date().toISOString().slice(0, 4));
    const leasing = (name: string, at: typeof first) => enrolled(name, MALL, 'mediator-mall', at, true);
    const printed: number[] = [];
    const print = async (at: OpenWorkstation): Promise<number> => {
      const { id } = await at.api.cases.register(caseInput());
      const { document } = await at.api.documents.issue({
        caseId: id,
        documentId: crypto.randomUUID(),
        kind: 'receipt',
        fields: { materials: '购物小票复印件一份' },
      });
      const sequence = Number(/第(\d+)号/.exec(document.number)?.[1]);
      printed.push(sequence);
      return sequence;
    };
    /** Has it use up what it holds, as months of papers would, and lease the next block. */
    const goOn = async ({ workstation, api }: OpenWorkstation, drawn: number): Promise<void> => {
      await workstation.parts.store.write((writer) => bookDocumentNumber(writer, year, drawn));
      await api.sync.now();
    };
    const account = (at: typeof first) => at.admin.admin.numberAccount({ unitPath: MALL, year });
    const leasesOf = (numbers: NumberAccount, code: string) =>
      numbers.workstations.find((one) => one.code === code)?.leased.map((range) => [range.first, range.last]);

    const one = await leasing('one', first);
    const two = await leasing('two', first);
    await one.api.sync.now();
    await two.api.sync.now();
    expect((await account(first)).last).toBe(160);
    await backUp({ folder: data, to: join(root, 'backup') });
    const { rows } = await sql<{ at: Date }>`SELECT clock_timestamp() AS at`.execute(first.centre.database);
    const until = rows[0]?.at.toISOString() ?? '';

    // Leased and printed after it, and lost with the disk; one paper of each the centre has not even seen.
    await goOn(two, 160);
    await goOn(one, 80);
    expect(await print(two)).toBe(161);
    expect(await print(one)).toBe(241);
    for (const at of [one, two]) await at.api.sync.now();
    const late = await leasing('late', first);
    await late.api.sync.now();
    expect(await print(late)).toBe(321);
    await late.api.sync.now();
    expect((await account(first)).last).toBe(400);
    await halt();
    expect(await print(two)).toBe(162);

    const restored = join(root, 'restored');
    await restore({
      backup: join(root, 'backup'),
      archive: join(root, 'centre-archive'),
      folder: restored,
      until,
    });
    const again = await run(restored, port);
    expect((await account(again)).last).toBe(160);
    // Who comes first gets its own again; who is new gets none while the other may hold any.
    await one.api.sync.now();
    await one.api.sync.now();
    const third = await leasing('third', again);
    await third.api.sync.now();
    expect(leasesOf(await account(again), '1')).toEqual([
      [1, 80],
      [241, 320],
    ]);
    expect((await third.api.documents.numbers()).free).toBe(0);
    expect((await account(again)).problems).toEqual([{ kind: 'not-leased', first: 161, last: 240 }]);
    await two.api.sync.now();
    await two.api.sync.now();
    const fourth = await leasing('fourth', again);
    for (const at of [third, fourth]) await at.api.sync.now();
    expect(await print(fourth)).toBe(321);
    expect(await print(third)).toBe(401);
    expect(await print(one)).toBe(242);
    expect(await print(two)).toBe(163);
    for (const at of [one, two, third, fourth]) await at.api.sync.now();
    for (const at of [one, two]) expect(await at.api.sync.now()).toMatchObject({ attention: 0 });
    const numbers = await account(again);
    expect(numbers).toMatchObject({ last: 480, problems: [], issued: 8 - 1 });
    expect(numbers.issued + numbers.held).toBe(480);
    expect(await broken(again.admin)).toEqual([]);

    // Enrolled after the backup, so that nobody knew to wait for it: what it printed is named, and never goes on.
    expect(await late.api.sync.now()).toMatchObject({ reason: 'device-unknown' });
    const code = await codeFor({ admin: again.admin }, MALL);
    await late.api.session.enrolAgain({ code });
    await late.api.sync.now();
    const refusals = (await late.api.sync.attention()).map(({ refusal }) => refusal);
    expect(refusals).toContainEqual({
      rule: 'numbers-leased-to-another',
      parameters: { first: 321, last: 400, codes: '4', printed: '321–321' },
    });
    expect(await print(late)).toBeGreaterThan(480);
    await late.api.sync.now();
    const named = (await account(again)).problems;
    expect(named).toContainEqual({ kind: 'issued-twice', first: 321, last: 321 });
    expect(
      printed.toSorted((a, b) => a - b).filter((number, index, all) => all[index - 1] === number),
    ).toEqual([321]);
  }, 240_000);
});

describe('backup and restore', () => {
  it('say what is wrong before they begin, and write nothing', async () => {
    const full = join(root, 'full');
    await mkdir(full);
    await writeFile(join(full, 'something'), '');
    const empty = join(root, 'empty');
    await expect(backUp({ folder: empty, to: full })).rejects.toThrow('is not empty; nothing was written');
    await expect(backUp({ folder: empty, to: join(root, 'to') })).rejects.toThrow("No centre's data");
    // What a backup is known by.
    const backup = join(root, 'backup');
    await mkdir(join(backup, 'postgres'), { recursive: true });
    await writeFile(join(backup, 'postgres', 'backup_label'), '');
    const order = { backup, archive: full, folder: join(root, 'new'), until: null };
    await expect(restore({ ...order, folder: full })).rejects.toThrow('is not empty; nothing was written');
    await expect(restore({ ...order, backup: full })).rejects.toThrow('is no backup of a centre');
    await expect(restore({ ...order, archive: join(root, 'none') })).rejects.toThrow('no such folder');
    expect(existsSync(join(root, 'new'))).toBe(false);

    const asked = async (args: string[]): Promise<string> => {
      let said = '';
      const into = new Writable({
        write: (chunk: Buffer, _encoding, done) => {
          said += chunk.toString();
          done();
        },
      });
      const code = await runLocal(args, { stdout: into, stderr: into, env: {} });
      return `${code} ${said.split('\n')[0]}`;
    };
    expect(await asked(['backup'])).toBe('2 --to names a folder');
    expect(await asked(['restore', '--backup', backup])).toBe('2 --archive names a folder');
    expect(await asked(['restore', '--backup', backup, '--archive', full, '--until', 'noon'])).toContain(
      '2 --until takes an instant with zone',
    );
  });

  it('need an archive from the beginning', async () => {
    const folder = join(root, 'plain');
    const server = await startEmbeddedPostgres({ folder });
    try {
      const to = join(root, 'to');
      await expect(backUp({ folder, to })).rejects.toThrow('start it with --archive DIR');
      expect(existsSync(to)).toBe(false);
    } finally {
      await server.stop();
    }
  });
});
