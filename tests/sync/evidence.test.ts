import { createHash } from 'node:crypto';
import { appendFile, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createCentre } from '../../src/central/centre.ts';
import { openCentreContent } from '../../src/central/evidence/content.ts';
import { eraseWithdrawn } from '../../src/central/evidence/erase.ts';
import { addEvidence, openEvidence } from '../../src/main/evidence/evidence.ts';
import { type WorkstationClient } from '../../src/main/workstation.ts';
import { startProxy } from '../../tools/kill-test/proxy.ts';
import { startCuttingLink } from '../support/cutting-link.ts';
import { FULL } from '../support/full.ts';
import { useWorkstations, type LiveWorkstation } from '../support/live-workstations.ts';
import { CENTRE_KEY, ROOMY } from '../support/postgres.ts';
import { collect, piecesOf, pngOf, wavOf } from '../support/samples.ts';
import { caseInput } from '../support/workstation.ts';

const workstations = useWorkstations();

type OpenWorkstation = LiveWorkstation;

const openWorkstation = (
  name: string,
  unitPath: string,
  staffId: string,
  centreUrl = workstations.centre.url,
): Promise<OpenWorkstation> => workstations.open(name, unitPath, staffId, { centreUrl });

const shopWorkstation = (url?: string) => openWorkstation('shop', '/HS/C1/M01/S001', 'manager-shop', url);
const mallWorkstation = (url?: string) => openWorkstation('mall', '/HS/C1/M01', 'mediator-mall', url);
const otherMallWorkstation = () => openWorkstation('other', '/HS/C1/M02', 'mediator-second');

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** A full round, and then all files. */
async function syncAll({
  running,
  api,
}: OpenWorkstation): Promise<Awaited<ReturnType<WorkstationClient['sync']['status']>>> {
  await api.sync.now();
  await running.parts.uploads.run();
  return api.sync.status();
}

async function readAll({ context }: OpenWorkstation, caseId: string, hashOf: string): Promise<Buffer> {
  const { item, read } = await openEvidence(context, caseId, hashOf);
  return collect(read(0, item.size));
}

/** Names of what lies at the centre, by kind. */
async function atCentre(): Promise<{ content: string[]; uploads: string[] }> {
  const files = await readdir(join(workstations.folder, 'centre'), { recursive: true, withFileTypes: true });
  const names = files.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name));
  return {
    content: names.filter((name) => /\/[0-9a-f]{2}\/[0-9a-f]{64}$/.test(name)),
    uploads: names.filter((name) => name.includes('/uploads/') || name.includes('/incoming/')),
  };
}

describe('evidence', () => {
  it('comes to the centre sealed, and to whoever sees the case; the sign is green only then', async () => {
    const shop = await shopWorkstation();
    const { id } = await shop.api.cases.register(caseInput());
    const photo = pngOf(90, 300);
    const { sha256: photoHash } = await addEvidence(
      shop.context,
      { caseId: id, name: '破损.png' },
      piecesOf(photo),
    );
    expect(photoHash).toBe(sha256(photo));
    // The facts are at the centre, their content is not.
    const between = await shop.running.parts.sync.run();
    expect(between).toMatchObject({
      sign: 'waiting',
      waiting: 0,
      evidence: { waiting: 1, bytes: photo.length, reason: null },
    });
    const mall = await mallWorkstation();
    await mall.api.sync.now();
    await expect(readAll(mall, id, photoHash)).rejects.toMatchObject({
      refusal: { rule: 'evidence-not-there-yet', parameters: { name: '破损.png' } },
    });
    expect(await syncAll(shop)).toMatchObject({ sign: 'proved', evidence: { waiting: 0, reason: null } });

    const { content, uploads } = await atCentre();
    expect(content).toHaveLength(1);
    expect(uploads).toEqual([]);
    expect((await readFile(content[0] ?? '')).includes(photo.subarray(8, 40))).toBe(false);

    const list = await mall.api.evidence.list({ caseId: id });
    expect(list.items).toMatchObject([
      { name: '破损.png', held: false, outstanding: false, unitName: 'S001（测试）' },
    ]);
    expect((await readAll(mall, id, photoHash)).equals(photo)).toBe(true);
    expect((await mall.api.evidence.list({ caseId: id })).items).toMatchObject([
      { held: true, outstanding: false },
    ]);
    // What was brought once is read without the workstations.centre.
    await workstations.centre.halt();
    expect((await readAll(mall, id, photoHash)).equals(photo)).toBe(true);
    await workstations.centre.resume();
    expect(await syncAll(mall)).toMatchObject({ sign: 'proved' });
  });

  it('is not another unit’s to see or send, even when it knows the hash', async () => {
    const [shop, other] = [await shopWorkstation(), await otherMallWorkstation()];
    const { id } = await shop.api.cases.register(caseInput());
    const photo = pngOf(33, 64);
    const added = await addEvidence(shop.context, { caseId: id, name: '一.png' }, piecesOf(photo));
    await syncAll(shop);
    await other.api.sync.now();
    await expect(other.api.evidence.list({ caseId: id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(openEvidence(other.context, id, added.sha256)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    // Past its own manners, at the centre itself.
    const link = other.running.parts.link();
    const path = `/v1/evidence/content/${id}/${added.sha256}`;
    expect((await link?.request(path))?.status).toBe(404);
    expect((await link?.request(path, { method: 'HEAD' }))?.status).toBe(404);
    const create = (caseId: string) =>
      link?.request('/v1/evidence/uploads', {
        method: 'POST',
        headers: {
          'tus-resumable': '1.0.0',
          'upload-length': String(photo.length),
          'upload-metadata': `caseId ${btoa(caseId)},sha256 ${btoa(added.sha256)}`,
        },
      });
    expect((await create(id))?.status).toBe(404);
    expect((await fetch(`${workstations.centre.url}${path}`)).status).toBe(401);
    expect(
      (
        await fetch(`${workstations.centre.url}/v1/evidence/uploads/x`, {
          method: 'PATCH',
          headers: { 'tus-resumable': '1.0.0' },
        })
      ).status,
    ).toBeGreaterThanOrEqual(400);

    // A fact with the hash in a case of its own opens nothing: the bytes themselves have to come.
    const { id: own } = await other.api.cases.register(caseInput());
    const context = other.context;
    await addEvidence(context, { caseId: own, name: '自己的.png' }, piecesOf(photo));
    await other.running.parts.sync.run();
    const claimed = `/v1/evidence/content/${own}/${added.sha256}`;
    expect((await link?.request(claimed))?.status).toBe(404);
    expect(await syncAll(other)).toMatchObject({ sign: 'proved' });
    expect((await link?.request(claimed))?.status).toBe(200);
    // And lies there once.
    expect((await atCentre()).content).toHaveLength(1);
  });

  it('need not come again where the unit has it in sight already', async () => {
    const [shop, mall] = [await shopWorkstation(), await mallWorkstation()];
    const { id } = await shop.api.cases.register(caseInput());
    const { id: second } = await shop.api.cases.register(caseInput());
    const recording = await collect(wavOf(2_000_000));
    const add = (workstation: OpenWorkstation, caseId: string) =>
      addEvidence(workstation.context, { caseId, name: '录音.wav' }, piecesOf(recording, 100_000));
    await add(shop, id);
    await syncAll(shop);
    const proxy = await startCuttingLink(
      { host: '127.0.0.1', port: Number(new URL(workstations.centre.url).port) },
      {},
    );
    await workstations.close(shop);
    const shopAgain = await shopWorkstation(proxy.url);
    await add(shopAgain, second);
    expect(await syncAll(shopAgain)).toMatchObject({ sign: 'proved' });
    expect(proxy.bytesUp()).toBeLessThan(recording.length / 10);
    await mall.api.sync.now();
    expect((await readAll(mall, second, sha256(recording))).equals(recording)).toBe(true);
    expect((await atCentre()).content).toHaveLength(1);
    await proxy.stop();
  });

  it('comes whole through a proxy that gives every request to another of two centre processes', async () => {
    const second = await createCentre({
      databaseUrl: workstations.centre.databaseUrl,
      evidenceFolder: join(workstations.folder, 'centre'),
      key: CENTRE_KEY,
      capacity: ROOMY,
    });
    const { url } = await second.listen({ host: '127.0.0.1', port: 0 });
    const proxy = await startProxy([{ url: () => workstations.centre.url }, { url: () => url }]);
    try {
      const shop = await shopWorkstation(proxy.url);
      const { id } = await shop.api.cases.register(caseInput());
      const recording = await collect(wavOf(13_000_000));
      const input = { caseId: id, name: '录音.wav' };
      await addEvidence(shop.context, input, piecesOf(recording, 1_000_000));
      expect(await syncAll(shop)).toMatchObject({ sign: 'proved', evidence: { waiting: 0 } });
      const mall = await mallWorkstation(proxy.url);
      await mall.api.sync.now();
      expect((await readAll(mall, id, sha256(recording))).equals(recording)).toBe(true);
      expect(Math.min(...proxy.served())).toBeGreaterThan(3);
      expect(await atCentre()).toMatchObject({ content: [expect.any(String)], uploads: [] });
    } finally {
      await proxy.close();
      await second.close();
    }
  });

  it('that differs from its hash is thrown away, by the centre and by a workstation', async () => {
    const [shop, mall] = [await shopWorkstation(), await mallWorkstation()];
    const { id } = await shop.api.cases.register(caseInput());
    const photo = pngOf(70, 64);
    const added = await addEvidence(shop.context, { caseId: id, name: '一.png' }, piecesOf(photo));
    await shop.running.parts.sync.run();
    const link = shop.running.parts.link();
    const wrong = Buffer.alloc(photo.length, 1);
    const headers = { 'tus-resumable': '1.0.0' };
    const created = await link?.request('/v1/evidence/uploads', {
      method: 'POST',
      headers: {
        ...headers,
        'upload-length': String(photo.length),
        'upload-metadata': `caseId ${btoa(id)},sha256 ${btoa(added.sha256)}`,
      },
    });
    const location = `/v1/evidence/${created?.headers.get('location') ?? ''}`;
    // Another device of the same unit's parent may not go on with it.
    expect((await mall.running.parts.link()?.request(location, { method: 'HEAD', headers }))?.status).toBe(
      404,
    );
    const finished = await link?.request(location, {
      method: 'PATCH',
      headers: { ...headers, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' },
      body: wrong,
    });
    expect(finished?.status).toBe(422);
    expect(await finished?.text()).toBe('EVIDENCE_HASH');
    expect(await atCentre()).toEqual({ content: [], uploads: [] });
    // The right bytes still come.
    expect(await syncAll(shop)).toMatchObject({ sign: 'proved' });

    // And a centre whose disk has changed under it is not believed.
    const { content } = await atCentre();
    const sealed = await readFile(content[0] ?? '');
    sealed[40] = (sealed[40] ?? 0) ^ 1;
    await writeFile(content[0] ?? '', sealed);
    await mall.api.sync.now();
    await expect(readAll(mall, id, added.sha256)).rejects.toThrow();
    expect((await mall.api.evidence.list({ caseId: id })).items).toMatchObject([{ held: false }]);
  });

  it('that was withdrawn leaves every disk after its days, unless another case still holds it', async () => {
    const shop = await shopWorkstation();
    const { id } = await shop.api.cases.register(caseInput());
    const { id: other } = await shop.api.cases.register(caseInput());
    const add = (caseId: string, seed: number) =>
      addEvidence(shop.context, { caseId, name: `${seed}.png` }, piecesOf(pngOf(seed, 64)));
    const [gone, shared, stands] = [await add(id, 1), await add(id, 2), await add(id, 3)];
    await add(other, 2);
    await syncAll(shop);
    for (const { sha256: hashOf } of [gone, shared])
      await shop.api.evidence.withdraw({ caseId: id, sha256: hashOf, reason: '与本案无关' });
    await syncAll(shop);
    const folder = join(workstations.folder, 'shop', 'evidence');
    const here = async (): Promise<string[]> =>
      (await readdir(folder, { recursive: true }))
        .map((name) => name.split('/').at(-1) ?? '')
        .filter((name) => name.length === 64)
        .toSorted();
    const there = async (): Promise<string[]> =>
      (await atCentre()).content.map((name) => name.split('/').at(-1) ?? '').toSorted();
    const all = [gone, shared, stands].map((one) => one.sha256).toSorted();
    const left = [shared, stands].map((one) => one.sha256).toSorted();
    const { database } = workstations.centre.centre;
    const content = await openCentreContent(join(workstations.folder, 'centre'));
    const after = (days: number): Date => new Date(Date.now() + days * 86_400_000);
    expect(await eraseWithdrawn(database, content, after(29))).toBe(0);
    expect([await here(), await there()]).toEqual([all, all]);
    expect(await eraseWithdrawn(database, content, after(31))).toBe(1);
    expect(await there()).toEqual(left);
    await workstations.close(shop);
    const later = await workstations.open('shop', '/HS/C1/M01/S001', 'manager-shop', {
      clock: () => after(31),
      unattended: true,
    });
    expect(await here()).toEqual(left);
    // Its facts still stand, and prove themselves.
    expect(await later.api.sync.now()).toMatchObject({ sign: 'proved', evidence: { waiting: 0 } });
    expect((await readAll(later, id, stands.sha256)).length).toBe(stands.size);
    expect(
      (await workstations.centre.admin.admin.verify()).invariants.every(({ broken }) => broken === 0),
    ).toBe(true);
  });

  it('that is damaged on the way’s beginning is said, and everything else goes on', async () => {
    const shop = await shopWorkstation();
    const { id } = await shop.api.cases.register(caseInput());
    const first = await addEvidence(shop.context, { caseId: id, name: '坏.png' }, piecesOf(pngOf(1)));
    await addEvidence(shop.context, { caseId: id, name: '好.png' }, piecesOf(pngOf(2)));
    await appendFile(
      join(workstations.folder, 'shop', 'evidence', first.sha256.slice(0, 2), first.sha256),
      'x',
    );
    expect(await syncAll(shop)).toMatchObject({
      sign: 'attention',
      waiting: 0,
      evidence: { waiting: 1, reason: 'evidence-damaged' },
    });
    expect((await atCentre()).content).toHaveLength(1);
    // Withdrawn, it is nobody's any more.
    await shop.api.evidence.withdraw({ caseId: id, sha256: first.sha256, reason: '文件坏了' });
    expect(await syncAll(shop)).toMatchObject({ sign: 'proved', evidence: { waiting: 0, reason: null } });
  });
});

describe('a link cut every five megabytes', () => {
  // Eight cuts try what forty do; the whole size is for a run that takes its time.
  const SIZE = (FULL ? 200 : 40) * 1024 * 1024;

  it(`brings a recording of ${SIZE / 1024 / 1024} MB whole to the centre and down again, over restarts too`, async () => {
    const port = Number(new URL(workstations.centre.url).port);
    const link = await startCuttingLink(
      { host: '127.0.0.1', port },
      { bytesUp: 5_000_000, bytesDown: SIZE / 4 },
    );
    let shop = await shopWorkstation(link.url);
    const { id } = await shop.api.cases.register(caseInput());
    const added = await addEvidence(shop.context, { caseId: id, name: '长录音.wav' }, wavOf(SIZE));
    expect(added.size).toBe(SIZE);
    await shop.running.parts.sync.run();
    // Closed in the middle of the upload: it goes on where it was.
    const halfway = new Promise<void>((resolve) => {
      const unsubscribe = shop.running.parts.sync.subscribe(() => {
        if (shop.running.parts.uploads.sent(added.sha256) < SIZE / 3) return;
        unsubscribe();
        resolve();
      });
    });
    void shop.running.parts.uploads.run();
    await halfway;
    await workstations.close(shop);
    shop = await shopWorkstation(link.url);
    expect(await syncAll(shop)).toMatchObject({ sign: 'proved', evidence: { waiting: 0 } });
    expect(link.cuts()).toBeGreaterThanOrEqual(Math.floor(SIZE / 6_000_000));
    // Nothing was sent twice but what was on its way at a cut.
    expect(link.bytesUp()).toBeLessThan(SIZE * 1.5);
    expect(await atCentre()).toMatchObject({ content: [expect.stringContaining(added.sha256)], uploads: [] });

    const mall = await mallWorkstation(link.url);
    await mall.api.sync.now();
    const { item, read } = await openEvidence(mall.context, id, added.sha256);
    const digest = createHash('sha256');
    for await (const piece of read(0, item.size)) digest.update(piece);
    expect(digest.digest('hex')).toBe(added.sha256);
    await link.stop();
  }, 180_000);
});
