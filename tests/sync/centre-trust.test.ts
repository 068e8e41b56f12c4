import { readFile } from 'node:fs/promises';
import { get } from 'node:https';
import { join } from 'node:path';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { createCentre } from '../../src/central/centre.ts';
import { createNodeHost } from '../../src/main/hosts/node.ts';
import { isFeedProved, readSignedHead } from '../../src/main/kernel/sync/proof.ts';
import { startWorkstation, type WorkstationOptions } from '../../src/main/workstation.ts';
import { centreKeyOf, fingerprintOf, headText, type CentreKey } from '../../src/protocol/centre-key.ts';
import { generateDeviceKeys, verifyText } from '../../src/protocol/keys.ts';
import { enrolTestDevice } from '../support/device.ts';
import { actorAt, registration } from '../support/facts.ts';
import { useWorkstations, type LiveWorkstation } from '../support/live-workstations.ts';
import { CENTRE_KEY, codeFor, ROOMY } from '../support/postgres.ts';
import { caseInput } from '../support/workstation.ts';

const MALL = '/HS/C1/M01';
const workstations = useWorkstations();
const newKey = (): CentreKey => centreKeyOf(generateDeviceKeys().privateKey);

/** The same centre's database served at the same address, with another key or none. */
async function servedBy(key: CentreKey | null, adopts = (): boolean => false): Promise<void> {
  const { centre, databaseUrl, url } = workstations.centre;
  await centre.close();
  const other = await createCentre({
    databaseUrl,
    capacity: ROOMY,
    jobs: false,
    ...(key === null ? {} : { key, adopts, replacesKey: true }),
  });
  await other.listen({ host: '127.0.0.1', port: Number(new URL(url).port) });
  workstations.centre.centre = other;
}

/** A workstation that is not enrolled. */
async function unknown(name: string, more: Partial<WorkstationOptions> = {}) {
  const dataFolder = join(workstations.folder, name);
  const host = createNodeHost(dataFolder);
  return startWorkstation({ dataFolder, host, automaticSync: false, leasesNumbers: false, ...more });
}

/** As an older release left it: no key of the centre, and a log without the hashes before. */
async function asEnrolledBefore({ running }: LiveWorkstation): Promise<void> {
  const { store, identity, setIdentity } = running.parts;
  const known = identity();
  if (known === null) throw new Error('Not enrolled');
  const { centreKey: _key, centreKeyCompared: _compared, ...before } = known;
  await setIdentity(before);
  await store.write(async (writer) => {
    await sql`UPDATE event SET previous_hash = NULL WHERE origin = 'feed'`.execute(writer);
    await sql`DELETE FROM meta WHERE key IN ('feed-proved', 'signed-head')`.execute(writer);
  });
}

describe('an enrolment code', () => {
  it('is told to nobody but the centre that it is from', async () => {
    const asked: string[] = [];
    const running = await unknown('new', {
      fetcher: (input, init) => {
        asked.push(new URL(input instanceof Request ? input.url : String(input)).pathname);
        return fetch(input, init);
      },
    });
    try {
      const { api } = running.connect();
      const { url: centreUrl } = workstations.centre;
      const whole = await codeFor(workstations.centre, MALL);
      const elsewhere = `${whole.slice(0, 11)}-${fingerprintOf(newKey().publicKey)}`;
      await expect(api.session.enrol({ centreUrl, code: elsewhere, deviceName: '新' })).rejects.toMatchObject(
        { code: 'RULE', data: { rule: 'centre-differs', field: 'code' } },
      );
      await expect(
        api.session.enrol({ centreUrl, code: whole.slice(0, 11), deviceName: '新' }),
      ).rejects.toMatchObject({ code: 'INPUT_INVALID' });
      expect(new Set(asked)).toEqual(new Set(['/v1/health']));
      // Read aloud and typed as people do.
      const code = whole.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o');
      expect((await api.session.enrol({ centreUrl, code, deviceName: '新' })).enrolment?.centreKey).toEqual({
        fingerprint: fingerprintOf(CENTRE_KEY.publicKey),
        compared: true,
      });
    } finally {
      await running.close();
    }
  });

  it('is not sent over a line that others can read', async () => {
    const running = await unknown('new');
    try {
      const { api } = running.connect();
      const code = await codeFor(workstations.centre, MALL);
      for (const centreUrl of [
        'http://centre.example',
        'http://127.0.0.1.example',
        'http://127.0.0.1@centre.example/',
        'http://localhost.example:8420',
      ])
        await expect(api.session.enrol({ centreUrl, code, deviceName: '新' })).rejects.toMatchObject({
          code: 'INPUT_INVALID',
          data: { issues: [{ field: 'centreUrl', rule: 'centre-unprotected' }] },
        });
    } finally {
      await running.close();
    }
  });
});

describe('a workstation', () => {
  it('asks nothing over a line that others can read, and says so', async () => {
    await workstations.close(await workstations.open('mall', MALL, 'mediator-mall'));
    let asked = 0;
    const { running } = await workstations.open('mall', MALL, 'mediator-mall', {
      centreUrl: 'http://centre.example',
      fetcher: () => {
        asked += 1;
        return Promise.reject(new TypeError('nowhere'));
      },
    });
    expect(await running.parts.sync.run()).toMatchObject({ sign: 'attention', reason: 'line-unprotected' });
    expect(asked).toBe(0);
  });

  it('stops where the centre has another key, keeps working, and goes on when a person has compared it', async () => {
    const { running, api } = await workstations.open('mall', MALL, 'mediator-mall');
    const other = newKey();
    await servedBy(other);
    await api.cases.register(caseInput());
    expect(await running.parts.sync.run()).toMatchObject({
      sign: 'attention',
      reason: 'not-the-centre',
      waiting: 1,
    });
    await expect(
      api.session.trustCentre({ fingerprint: fingerprintOf(CENTRE_KEY.publicKey) }),
    ).rejects.toMatchObject({ code: 'RULE', data: { rule: 'centre-differs' } });
    const { enrolment } = await api.session.trustCentre({ fingerprint: fingerprintOf(other.publicKey) });
    expect(enrolment?.centreKey).toEqual({ fingerprint: fingerprintOf(other.publicKey), compared: true });
    // With the feed that the new key answers for.
    const code = await codeFor(workstations.centre, MALL);
    const device = await enrolTestDevice({ url: workstations.centre.url, code });
    expect(device.unitPath).toBe(MALL);
    expect(await running.parts.sync.run()).toMatchObject({ sign: 'proved', waiting: 0 });
    const { running: fresh } = await workstations.open('second', MALL, 'mediator-mall');
    expect(fresh.parts.sync.status()).toMatchObject({ sign: 'proved' });
  });

  it('enrolled by an older release takes the key at first contact, reads again what it had on trust, and lets it be compared', async () => {
    const mall = await workstations.open('mall', MALL, 'mediator-mall');
    await asEnrolledBefore(mall);
    const { running, api } = mall;
    const { store } = running.parts;
    expect(await running.parts.sync.run()).toMatchObject({ sign: 'proved' });
    expect(await isFeedProved(store)).toBe(true);
    const { rows } = await sql<{ count: number }>`
      SELECT count(*) AS count FROM event WHERE origin = 'feed' AND previous_hash IS NULL`.execute(
      store.read,
    );
    expect(rows).toEqual([{ count: 0 }]);
    const fingerprint = fingerprintOf(CENTRE_KEY.publicKey);
    expect((await api.session.state()).enrolment?.centreKey).toEqual({ fingerprint, compared: false });
    expect((await api.session.trustCentre({ fingerprint })).enrolment?.centreKey?.compared).toBe(true);
  });

  it('goes on with a centre of an older release, and is not green with it', async () => {
    const mall = await workstations.open('mall', MALL, 'mediator-mall');
    await asEnrolledBefore(mall);
    await servedBy(null);
    await mall.api.cases.register(caseInput());
    const { sync } = mall.running.parts;
    // A connection that was kept alive may be found cut first.
    await sync.run();
    expect(await sync.run()).toMatchObject({ sign: 'waiting', reason: 'centre-unproved', waiting: 0 });
    // Upgraded: within its time the new release answers for what the older one has left unsigned.
    await servedBy(CENTRE_KEY, () => true);
    await asEnrolledBefore(mall);
    await sync.run();
    expect(await sync.run()).toMatchObject({ sign: 'proved', reason: null });
  });

  it('is answered for what an older process takes in beside the new one, from the first page on', async () => {
    const { databaseUrl } = workstations.centre;
    await servedBy(CENTRE_KEY, () => true);
    const older = await createCentre({ databaseUrl, capacity: ROOMY, jobs: false });
    try {
      const { url } = await older.listen({ host: '127.0.0.1', port: 0 });
      const device = await enrolTestDevice({ url, code: await codeFor(workstations.centre, MALL) });
      const stream = { kind: 'case' as const, id: crypto.randomUUID() };
      const actor = { ...actorAt(MALL), staffId: 'mediator-mall' };
      await device.push([device.event({ stream, type: 'case-registered', payload: registration(), actor })]);
      const { running } = await workstations.open('mall', MALL, 'mediator-mall');
      expect(running.parts.sync.status()).toMatchObject({ sign: 'proved', reason: null });
    } finally {
      await older.close();
    }
  });

  it('keeps the end of the feed as the centre has signed it', async () => {
    const { running } = await workstations.open('mall', MALL, 'mediator-mall');
    const code = await codeFor(workstations.centre, MALL);
    const device = await enrolTestDevice({ url: workstations.centre.url, code });
    const stream = { kind: 'case' as const, id: crypto.randomUUID() };
    const actor = { ...actorAt(MALL), staffId: 'mediator-mall' };
    await device.push([device.event({ stream, type: 'case-registered', payload: registration(), actor })]);
    await running.parts.sync.run();
    const head = await readSignedHead(running.parts.store);
    expect(head).toMatchObject({ unitPath: MALL, ...(await device.feed()).head });
    expect(head && verifyText(CENTRE_KEY.publicKey, headText(MALL, head, head.epoch), head.signature)).toBe(
      true,
    );
  });
});

describe('a centre', () => {
  it('does not start beside another key than the one that it is known by, unless it is told to', async () => {
    const { databaseUrl } = workstations.centre;
    await expect(createCentre({ databaseUrl, jobs: false, key: newKey() })).rejects.toThrow(
      `Workstations know this centre by the key ${fingerprintOf(CENTRE_KEY.publicKey)}`,
    );
    await (await createCentre({ databaseUrl, jobs: false, key: newKey(), replacesKey: true })).close();
  });

  it('serves over TLS of its own', async () => {
    const folder = join(import.meta.dirname, '../central/fixtures/tls');
    const [cert, key] = await Promise.all(
      ['cert.pem', 'key.pem'].map((name) => readFile(join(folder, name), 'utf8')),
    );
    if (cert === undefined || key === undefined) throw new Error('No certificate');
    const { databaseUrl } = workstations.centre;
    const centre = await createCentre({ databaseUrl, jobs: false, key: CENTRE_KEY, tls: { cert, key } });
    try {
      const { url } = await centre.listen({ host: '127.0.0.1', port: 0 });
      expect(url).toMatch(/^https:/);
      const status = await new Promise((resolve, reject) => {
        get(`${url}/v1/health`, { ca: cert, agent: false }, (response) => {
          response.resume();
          resolve(response.statusCode);
        }).on('error', reject);
      });
      expect(status).toBe(200);
      await expect(fetch(url.replace('https:', 'http:'))).rejects.toThrow();
    } finally {
      await centre.close();
    }
  });
});
