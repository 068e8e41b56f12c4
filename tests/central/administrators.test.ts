import { sql } from 'kysely';
import { TOTP, URI } from 'otpauth';
import { describe, expect, it } from 'vitest';
import { SECOND_CODE_HEADER } from '../../src/contract/centre/administrators.ts';
import type { AdministratorScope } from '../../src/domain/organisation/index.ts';
import { createCentralClient, type CentralClient } from '../../src/protocol/central-client.ts';
import { ADMIN_TOKEN, asOperator } from '../support/postgres.ts';
import { MALL, refusal, useCentre } from './setting.ts';

const setting = useCentre();
const NOW = new Date('2026-03-10T02:00:00.000Z');
const UNTIL = '2026-06-30';

type Person = {
  tokenId: string;
  token: string;
  client: CentralClient;
  code(later?: number): string;
  use(code?: string): void;
};

/** An administrator with an authenticator, made by whoever holds the tests' token of before. */
async function administrator(name: string, scopes: AdministratorScope[], until = UNTIL): Promise<Person> {
  setting.centre.setNow(NOW);
  const { tokenId, token, second } = await setting.centre.admin.admin.administrators.add({
    name,
    scopes,
    until,
  });
  const codes = URI.parse(second ?? '');
  if (!(codes instanceof TOTP)) throw new Error('No codes by time');
  let now: string | undefined;
  return {
    tokenId,
    token,
    client: createCentralClient({ baseUrl: setting.centre.url, token: () => token, code: () => now }),
    code: (later = 0) => codes.generate({ timestamp: NOW.getTime() + later * 30_000 }),
    use: (code) => {
      now = code;
    },
  };
}

const units = {
  units: [{ path: '/HS/C9', name: '新圈（虚构）', level: 3, party: 'operator' as const, disputePoint: true }],
};

describe('an administrator’s token', () => {
  it('is for what it is for, and for nothing else', async () => {
    const { client } = await administrator('看数据的（虚构）', ['read']);
    expect((await client.admin.units({})).units.length).toBeGreaterThan(0);
    const other = { code: 'FORBIDDEN', status: 403, data: { field: 'scope', rule: 'token-scope' } };
    for (const call of [
      () => client.admin.createUnits(units),
      () => client.admin.createCodes({ unitPaths: [MALL] }),
      () => client.admin.tokens(),
      () => client.admin.verify(),
      () => client.admin.administrators.list(),
    ])
      expect(await refusal(call())).toEqual(other);
    const organiser = await administrator('管组织的（虚构）', ['organisation']);
    expect(await organiser.client.admin.createUnits(units)).toMatchObject({ created: 1 });
    expect(await refusal(organiser.client.admin.units({}))).toMatchObject({ code: 'FORBIDDEN' });
  });

  it('ends on its day, when it is revoked, and when it is replaced, and says which', async () => {
    const person = await administrator('值班的（虚构）', ['read', 'administrators'], '2026-03-20');
    const { admin } = person.client;
    const said = async () => (await refusal(admin.units({}))).data;
    person.use(person.code());
    const { token } = await admin.administrators.replace({ until: '2026-03-25' });
    expect(await said()).toEqual({ field: 'authorization', rule: 'token-revoked' });
    const replaced = createCentralClient({ baseUrl: setting.centre.url, token: () => token });
    await replaced.admin.units({});
    setting.centre.setNow(new Date('2026-03-25T15:00:00.000Z'));
    await replaced.admin.units({});
    setting.centre.setNow(new Date('2026-03-25T16:30:00.000Z'));
    expect((await refusal(replaced.admin.units({}))).data).toEqual({
      field: 'authorization',
      rule: 'token-expired',
    });
    setting.centre.setNow(NOW);
    const { tokens } = await setting.centre.admin.admin.administrators.list();
    expect(tokens.map(({ name, revokedBy }) => [name, revokedBy])).toEqual([
      ['值班的（虚构）', null],
      ['值班的（虚构）', '值班的（虚构）'],
    ]);
    await setting.centre.admin.admin.administrators.revoke({ tokenId: tokens[0]?.tokenId ?? '' });
    expect((await refusal(replaced.admin.units({}))).data).toMatchObject({ rule: 'token-revoked' });
    // Ids and names are used again for nobody.
    expect(
      await refusal(
        setting.centre.admin.admin.administrators.add({
          name: '值班的（虚构）',
          scopes: ['read'],
          until: UNTIL,
        }),
      ),
    ).toMatchObject({ code: 'RULE', data: { rule: 'administrator-exists' } });
    for (const until of ['2026-03-09', '2027-04-01'])
      expect(
        await refusal(setting.centre.admin.admin.administrators.add({ name: '乙', scopes: ['read'], until })),
      ).toMatchObject({ data: { rule: 'token-until' } });
  });

  it('of a release before goes on, says what it is, and is taken out of use once somebody can make others', async () => {
    const answer = await asOperator(`${setting.centre.url}/v1/admin/units`);
    expect([answer.status, answer.headers.get('x-heshi-notice')]).toEqual([200, 'token-unnamed']);
    const { admin } = setting.centre.admin;
    // Nobody would be left.
    expect(await refusal(admin.administrators.revoke({ tokenId: 'unnamed' }))).toMatchObject({
      data: { rule: 'administrator-last' },
    });
    const person = await administrator('管理的（虚构）', ['administrators', 'read']);
    person.use(person.code());
    await person.client.admin.administrators.revoke({ tokenId: 'unnamed' });
    expect(await refusal(admin.units({}))).toMatchObject({
      code: 'NOT_AUTHENTICATED',
      data: { rule: 'token-unknown' },
    });
    const { unnamed } = await person.client.admin.administrators.list();
    expect(unnamed).toBe(0);
    // Its holder cannot lock everybody out either.
    person.use(person.code(1));
    expect(
      await refusal(person.client.admin.administrators.revoke({ tokenId: person.tokenId })),
    ).toMatchObject({ data: { rule: 'administrator-last' } });
  });
});

describe('a second sign-in', () => {
  it('is needed for what is dangerous, with a code that is right, of now, and used once', async () => {
    const device = await setting.device(MALL);
    const person = await administrator('设备管理（虚构）', ['workstations']);
    const revoke = () => person.client.admin.revoke({ deviceId: device.deviceId, reason: '遗失' });
    const said = async () => (await refusal(revoke())).data;
    expect(await said()).toEqual({ field: 'code', rule: 'second-missing' });
    person.use(person.code(-5));
    expect(await said()).toEqual({ field: 'code', rule: 'second-wrong' });
    await device.feed();
    person.use(person.code());
    await revoke();
    expect(await refusal(device.feed())).toMatchObject({ code: 'DEVICE_REVOKED' });
    expect(await said()).toEqual({ field: 'code', rule: 'second-spent' });
    // What only says what would change needs none, and neither does daily work.
    person.use(undefined);
    expect((await person.client.admin.createCodes({ unitPaths: [MALL] })).codes).toHaveLength(1);
    const rebuilder = await administrator('维护的（虚构）', ['maintenance']);
    await rebuilder.client.admin.rebuild({ dryRun: true });
    expect(await refusal(rebuilder.client.admin.rebuild({}))).toMatchObject({
      data: { rule: 'second-missing' },
    });
  });

  it('is not to be guessed', async () => {
    const person = await administrator('甲（虚构）', ['organisation']);
    const statuses: string[] = [];
    for (let tries = 0; tries < 7; tries += 1) {
      person.use(person.code(-20 - tries));
      const call = person.client.admin.setPassword({
        staffId: 'mediator-mall',
        password: 'another-long-one',
      });
      statuses.push((await refusal(call)).code);
    }
    expect(statuses.slice(0, 5)).toEqual(Array(5).fill('FORBIDDEN'));
    expect(statuses.slice(5)).toEqual(['TOO_MANY_REQUESTS', 'TOO_MANY_REQUESTS']);
  });
});

describe('what administrators do', () => {
  it('is kept with who, when and what became of it, without what was sent', async () => {
    const person = await administrator('记录的（虚构）', ['organisation', 'administrators', 'read']);
    await person.client.admin.createUnits(units);
    await refusal(
      person.client.admin.setPassword({ staffId: 'mediator-mall', password: 'a-secret-of-somebody' }),
    );
    await person.client.admin.units({});
    const { acts } = await person.client.admin.administrators.acts({});
    expect(acts.slice(0, 4).map(({ administrator: who, call, outcome }) => [who, call, outcome])).toEqual([
      ['记录的（虚构）', 'admin.administrators.acts', 'begun'],
      ['记录的（虚构）', 'admin.setPassword', 'FORBIDDEN second-missing'],
      ['记录的（虚构）', 'admin.createUnits', 'done'],
      ['unnamed', 'admin.administrators.add', 'done'],
    ]);
    expect(acts.slice(0, 4).every(({ at }) => at === NOW.toISOString())).toBe(true);
    const { rows } = await sql<{ text: string }>`
      SELECT concat(administrator_act.*, administrator_token.*) AS text
      FROM administrator_act, administrator_token`.execute(setting.centre.centre.database);
    for (const secret of ['a-secret-of-somebody', person.token, ADMIN_TOKEN])
      expect(JSON.stringify(rows)).not.toContain(secret);
    const guessed = { authorization: `Bearer ${person.token}`, [SECOND_CODE_HEADER]: '000000' };
    expect((await fetch(`${setting.centre.url}/v1/admin/units`, { headers: guessed })).status).toBe(200);
  });
});
