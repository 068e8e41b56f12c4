import { describe, expect, it } from 'vitest';
import { createCentralClient } from '../../src/protocol/central-client.ts';
import { generateDeviceKeys, sessionText, signText } from '../../src/protocol/keys.ts';
import { openTestDevice } from '../support/device.ts';
import { codeFor } from '../support/postgres.ts';
import { CIRCLE, MALL, refusal, SECOND_MALL, SHOP, useCentre } from './setting.ts';

const setting = useCentre();

const anonymous = () => createCentralClient({ baseUrl: setting.centre.url });
const enrolWith = (code: string, publicKey = generateDeviceKeys().publicKey) =>
  anonymous().enrol({ code, name: '前台', publicKey });

describe('enrolment', () => {
  it('gives devices of one unit the codes 1, 2, … and records each in the unit’s feed', async () => {
    const [first, second] = [await setting.device(MALL), await setting.device(MALL)];
    expect([first.deviceCode, second.deviceCode]).toEqual(['1', '2']);
    expect((await setting.device(SECOND_MALL)).deviceCode).toBe('1');
    const { items } = await first.feed();
    const enrolled = items.filter((item) => item.event.type === 'workstation-enrolled');
    expect(enrolled.map((item) => item.event.stream.id)).toEqual([first.deviceId, second.deviceId]);
  });

  it('takes a code however it is typed', async () => {
    const code = await codeFor(setting.centre, MALL);
    const typed = ` ${code.toLowerCase().replace('-', ' ')} `;
    expect((await enrolWith(typed)).unitPath).toBe(MALL);
  });

  it('refuses an unknown code', async () => {
    expect(await refusal(enrolWith('AAAAA-AAAAA'))).toMatchObject({ code: 'CODE_UNKNOWN', status: 404 });
  });

  it('refuses an expired code, by the centre’s clock', async () => {
    const start = new Date('2026-03-10T01:00:00Z');
    setting.centre.setNow(start);
    const code = await codeFor(setting.centre, MALL, 60);
    setting.centre.setNow(new Date(start.getTime() + 60 * 60_000));
    expect(await refusal(enrolWith(code))).toMatchObject({ code: 'CODE_EXPIRED', status: 410 });
    setting.centre.setNow(new Date(start.getTime() + 60 * 60_000 - 1));
    expect((await enrolWith(code)).unitPath).toBe(MALL);
  });

  it('takes a code once; whoever lost the answer gets the same device again', async () => {
    const code = await codeFor(setting.centre, MALL);
    const { publicKey } = generateDeviceKeys();
    const first = await enrolWith(code, publicKey);
    expect((await enrolWith(code, publicKey)).deviceId).toBe(first.deviceId);
    expect(await refusal(enrolWith(code))).toMatchObject({ code: 'CODE_USED', status: 409 });
    expect((await setting.centre.admin.admin.devices()).devices).toHaveLength(1);
  });

  it('refuses a key that is none, and the code stays good', async () => {
    const code = await codeFor(setting.centre, MALL);
    expect(await refusal(enrolWith(code, 'x'.repeat(44)))).toMatchObject({
      code: 'RULE',
      status: 422,
      data: { rule: 'public-key-invalid', field: 'publicKey' },
    });
    expect((await enrolWith(code)).deviceCode).toBe('1');
  });

  it('enrols many at once without giving two the same code', async () => {
    const codes = await Promise.all(Array.from({ length: 8 }, () => codeFor(setting.centre, MALL)));
    const enrolled = await Promise.all(codes.map((code) => enrolWith(code)));
    expect(enrolled.map((one) => Number(one.deviceCode)).toSorted((a, b) => a - b)).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8,
    ]);
  });

  it('makes no code for a unit that is not there', async () => {
    const call = setting.centre.admin.admin.createCodes({ unitPaths: [MALL, '/HS/C9'], validMinutes: 10 });
    expect(await refusal(call)).toMatchObject({
      code: 'UNIT_UNKNOWN',
      status: 404,
      data: { path: '/HS/C9' },
    });
  });
});

describe('sessions', () => {
  it('end after fifteen minutes of the centre’s clock', async () => {
    const start = new Date('2026-03-10T01:00:00Z');
    setting.centre.setNow(start);
    const device = await setting.device(MALL);
    await device.signIn();
    setting.centre.setNow(new Date(start.getTime() + 14 * 60_000));
    expect((await device.feed()).head.position).toBeGreaterThan(0);
    setting.centre.setNow(new Date(start.getTime() + 16 * 60_000));
    expect(await refusal(device.feed())).toMatchObject({ code: 'NOT_AUTHENTICATED', status: 401 });
  });

  it('need the device’s own key', async () => {
    const device = await setting.device(MALL);
    const impostor = openTestDevice({
      url: setting.centre.url,
      deviceId: device.deviceId,
      unitPath: MALL,
      keys: generateDeviceKeys(),
    });
    expect(await refusal(impostor.signIn())).toMatchObject({ code: 'NOT_AUTHENTICATED', status: 401 });
  });

  it('need a challenge made for this device, not used before, a minute old at most', async () => {
    const [device, other] = [await setting.device(MALL), await setting.device(SECOND_MALL)];
    const open = (challenge: string) =>
      device.client.session({
        deviceId: device.deviceId,
        challenge,
        signature: signText(device.keys.privateKey, sessionText(device.deviceId, challenge)),
      });
    const foreign = await anonymous().challenge({ deviceId: other.deviceId });
    expect(await refusal(open(foreign.challenge))).toMatchObject({ code: 'NOT_AUTHENTICATED' });
    expect(await refusal(open('invented'))).toMatchObject({ code: 'NOT_AUTHENTICATED' });
    const spent = await anonymous().challenge({ deviceId: device.deviceId });
    expect((await open(spent.challenge)).token).not.toBe('');
    expect(await refusal(open(spent.challenge))).toMatchObject({ code: 'NOT_AUTHENTICATED' });
    const own = await anonymous().challenge({ deviceId: device.deviceId });
    setting.centre.setNow(new Date(Date.now() + 61_000));
    expect(await refusal(open(own.challenge))).toMatchObject({ code: 'NOT_AUTHENTICATED' });
  });

  it('do not open one call with another’s token: challenge, device, administrator', async () => {
    const device = await setting.device(MALL);
    const { challenge } = await anonymous().challenge({ deviceId: device.deviceId });
    const withChallenge = createCentralClient({ baseUrl: setting.centre.url, token: () => challenge });
    expect(await refusal(withChallenge.feed({ after: 0 }))).toMatchObject({ code: 'NOT_AUTHENTICATED' });
    expect(await refusal(anonymous().feed({ after: 0 }))).toMatchObject({ code: 'NOT_AUTHENTICATED' });
    expect(await refusal(setting.centre.admin.feed({ after: 0 }))).toMatchObject({
      code: 'NOT_AUTHENTICATED',
    });
    await device.signIn();
    expect(await refusal(device.client.admin.devices())).toMatchObject({ code: 'NOT_AUTHENTICATED' });
    expect(await refusal(anonymous().admin.verify())).toMatchObject({ code: 'NOT_AUTHENTICATED' });
  });

  it('end with a revocation, which is on record', async () => {
    const device = await setting.device(MALL);
    await device.signIn();
    await setting.centre.admin.admin.revoke({ deviceId: device.deviceId, reason: '设备遗失' });
    expect(await refusal(device.feed())).toMatchObject({ code: 'DEVICE_REVOKED', status: 403 });
    expect(await refusal(device.signIn())).toMatchObject({ code: 'DEVICE_REVOKED' });
    const { devices } = await setting.centre.admin.admin.devices();
    expect(devices).toMatchObject([{ deviceId: device.deviceId, status: 'revoked' }]);
    const { items } = await (await setting.device(MALL)).feed();
    expect(items.map((item) => item.event.type)).toContain('workstation-revoked');
    const unknown = setting.centre.admin.admin.revoke({ deviceId: 'nobody', reason: '' });
    expect(await refusal(unknown)).toMatchObject({ code: 'DEVICE_UNKNOWN', status: 404 });
  });
});

describe('scope', () => {
  it('lets a device read the roll-up of its unit and below, no other', async () => {
    const device = await setting.device(MALL);
    await device.signIn();
    const period = { from: '2026-01-01', to: '2026-12-31' };
    expect((await device.client.rollup({ path: SHOP, ...period })).unit.path).toBe(SHOP);
    for (const path of [CIRCLE, SECOND_MALL, '/HS/C1/M011']) {
      expect(await refusal(device.client.rollup({ path, ...period }))).toMatchObject({
        code: 'FORBIDDEN',
        status: 403,
      });
    }
  });
});
