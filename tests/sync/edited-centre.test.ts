import { sql, type RawBuilder } from 'kysely';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../src/domain/kernel/event/canonical.ts';
import { readCursor } from '../../src/main/kernel/store/index.ts';
import { deviceText, logText } from '../../src/protocol/attestation.ts';
import { CHAIN_START, eventHash, feedDigest } from '../../src/protocol/chain.ts';
import { generateDeviceKeys, signText } from '../../src/protocol/keys.ts';
import { merkleRoot } from '../../src/protocol/merkle.ts';
import type { PushedEvent } from '../../src/contract/centre/index.ts';
import { enrolTestDevice, openTestDevice, type TestDevice } from '../support/device.ts';
import { actorAt, registration } from '../support/facts.ts';
import { useWorkstations, type LiveWorkstation } from '../support/live-workstations.ts';
import { codeFor } from '../support/postgres.ts';

const MALL = '/HS/C1/M01';
const MEDIATOR = { ...actorAt(MALL), staffId: 'mediator-mall' };
const workstations = useWorkstations();

const edit = (statement: RawBuilder<unknown>): Promise<unknown> =>
  statement.execute(workstations.centre.centre.database);

async function opened(): Promise<{ mall: LiveWorkstation; device: TestDevice }> {
  const mall = await workstations.open('mall', MALL, 'mediator-mall');
  const code = await codeFor(workstations.centre, MALL);
  const device = await enrolTestDevice({ url: workstations.centre.url, code });
  expect(await mall.running.parts.sync.run()).toMatchObject({ sign: 'proved' });
  return { mall, device };
}

const aCase = (device: TestDevice): PushedEvent =>
  device.event({
    stream: { kind: 'case', id: crypto.randomUUID() },
    type: 'case-registered',
    payload: registration(),
    actor: MEDIATOR,
  });

/** The workstation is not talked into it: not green, and nothing of what came is applied. */
async function refuses({ running }: LiveWorkstation): Promise<void> {
  const { store, sync } = running.parts;
  const before = await readCursor(store.read);
  expect(await sync.run()).toMatchObject({ sign: 'attention', reason: 'feed-forged' });
  expect(await readCursor(store.read)).toEqual(before);
}

/** Makes the end of the mall's feed say what its items now add up to. */
async function digestAgain(): Promise<void> {
  const { rows } = await sql<{ path: string; hash: string }>`
    SELECT feed.unit_path AS path, event.hash FROM feed JOIN event ON event.id = feed.event_id
    ORDER BY feed.unit_path, feed.position`.execute(workstations.centre.centre.database);
  const digests = new Map<string, string>();
  for (const { path, hash } of rows) digests.set(path, feedDigest(digests.get(path) ?? CHAIN_START, hash));
  for (const [path, digest] of digests)
    await edit(sql`UPDATE feed_head SET digest = ${digest} WHERE unit_path = ${path}`);
}

/** Puts another content in the place of an event's, with every hash that follows from it. */
async function rewritten(event: PushedEvent): Promise<PushedEvent> {
  const payload = { ...(event.payload as object), amountFen: 1 };
  const hash = eventHash({ ...event, payload }, event.previousHash);
  await edit(
    sql`UPDATE event SET payload = ${canonicalJson(payload)}, hash = ${hash} WHERE id = ${event.id}`,
  );
  await edit(sql`UPDATE device SET head_hash = ${hash} WHERE id = ${event.device}`);
  await digestAgain();
  return { ...event, payload, hash };
}

describe('whoever edits the centre’s database', () => {
  it('has no content applied that its device has not recorded, hash or no hash', async () => {
    const { mall, device } = await opened();
    const event = aCase(device);
    await device.push([event]);
    await edit(
      sql`UPDATE event SET payload = replace(payload, '"amountFen":128000', '"amountFen":1') WHERE id = ${event.id}`,
    );
    await refuses(mall);
    await rewritten(event);
    await refuses(mall);
    // Put back as it was, it is taken by itself.
    await edit(
      sql`UPDATE event SET payload = ${canonicalJson(event.payload)}, hash = ${event.hash} WHERE id = ${event.id}`,
    );
    await digestAgain();
    expect(await mall.running.parts.sync.run()).toMatchObject({ sign: 'proved' });
  });

  it('cannot sign with the attestation of something else, nor with the leaves made to fit', async () => {
    const { mall, device } = await opened();
    const event = aCase(device);
    await device.push([event]);
    const { hash } = await rewritten(event);
    await edit(sql`UPDATE attestation SET leaves = decode(${hash}, 'hex') WHERE device = ${device.deviceId}`);
    await refuses(mall);
    await edit(sql`UPDATE attestation SET by_centre = true WHERE device = ${device.deviceId}`);
    await refuses(mall);
    await edit(sql`DELETE FROM attestation WHERE device = ${device.deviceId}`);
    await refuses(mall);
  });

  it('inserts no event, and swaps none for another', async () => {
    const { mall, device } = await opened();
    const [one, other] = [aCase(device), aCase(device)];
    await device.push([one]);
    await mall.running.parts.sync.run();
    await device.push([other]);
    const id = crypto.randomUUID();
    const stream = { kind: 'case' as const, id: crypto.randomUUID() };
    const inserted = { ...other, id, stream, deviceSequence: 3 };
    const hash = eventHash(inserted, other.hash);
    await edit(sql`
      INSERT INTO event (circle, device, id, stream_kind, stream_id, type, version, payload, actor, device_sequence, at, unit_path,
        previous_hash, hash, status, received_at, calendar_imports)
      SELECT circle, device, ${id}, stream_kind, ${stream.id}, type, version, payload, actor, 3, at, unit_path,
        ${other.hash}, ${hash}, status, received_at, calendar_imports FROM event WHERE id = ${other.id}`);
    await edit(sql`UPDATE feed SET event_id = ${id} WHERE event_id = ${other.id}`);
    await digestAgain();
    await refuses(mall);
  });

  it('does not speak for a device by a key of its own', async () => {
    const { mall, device } = await opened();
    await device.push([aCase(device)]);
    await mall.running.parts.sync.run();
    const keys = generateDeviceKeys();
    const forged = openTestDevice({
      ...device,
      url: workstations.centre.url,
      keys,
      head: await headOf(device),
    });
    await edit(sql`UPDATE device SET public_key = ${keys.publicKey} WHERE id = ${device.deviceId}`);
    const event = aCase(forged);
    // The centre itself takes nothing by that key.
    await expect(forged.push([event])).rejects.toMatchObject({ code: 'SIGNATURE_INVALID' });
    // Nor does the workstation, where all is written past the centre.
    await edit(sql`UPDATE device SET public_key = ${device.keys.publicKey} WHERE id = ${device.deviceId}`);
    await device.push([event]);
    const { deviceId, unitPath } = device;
    const text = logText(deviceId, event.deviceSequence, event.deviceSequence, merkleRoot([event.hash]));
    await edit(sql`
      UPDATE attestation SET signature = ${signText(keys.privateKey, text)}
      WHERE device = ${deviceId} AND last = ${event.deviceSequence}`);
    await edit(sql`
      UPDATE device_certificate SET public_key = ${keys.publicKey},
        certificate = ${signText(keys.privateKey, deviceText(deviceId, unitPath, keys.publicKey))}
      WHERE device = ${deviceId}`);
    await refuses(mall);
  });
});

async function headOf({ deviceId }: TestDevice): Promise<{ sequence: number; hash: string }> {
  const { rows } = await sql<{ sequence: number; hash: string }>`
    SELECT head_sequence AS sequence, head_hash AS hash FROM device WHERE id = ${deviceId}`.execute(
    workstations.centre.centre.database,
  );
  return rows[0] ?? { sequence: 0, hash: CHAIN_START };
}
