import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import type { TestDevice } from '../support/device.ts';
import { MALL, mallMediator, newCase, refusal, SECOND_MALL, steps, useCentre } from './setting.ts';

const setting = useCentre();
const YEAR = Number(new Date().toISOString().slice(0, 4));
const PATTERN = '甬海消调（M01）〔{year}〕第{sequence:4}号';

const told = (first: number, last: number, used = 0) => ({ year: YEAR, pattern: PATTERN, first, last, used });
const account = () => setting.centre.admin.admin.numberAccount({ unitPath: MALL, year: YEAR });
const lease = async (device: TestDevice, count: number) =>
  (await device.client.numbers.lease({ year: YEAR, count })).lease;

/** A receipt that bears this number of the unit's register. */
const receipt = (sequence: number) => ({
  type: 'document-issued',
  payload: {
    documentId: crypto.randomUUID(),
    kind: 'receipt',
    number: `甬海消调（M01）〔${YEAR}〕第${String(sequence).padStart(4, '0')}号`,
    year: YEAR,
    sequence,
    issuedOn: `${YEAR}-01-05`,
    copies: 1,
    sha256: 'a'.repeat(64),
    byteLength: 1000,
    code: 'AAAA-BBBB-CCCC',
  },
});

async function workstation(path = MALL): Promise<TestDevice> {
  const device = await setting.device(path);
  await device.signIn();
  return device;
}

describe('leases that are told to a centre which lost them', () => {
  it('are recorded again where nobody else has them, and named where somebody has', async () => {
    const [one, two] = [await workstation(), await workstation()];
    expect(await lease(one, 20)).toMatchObject({ first: 1, last: 20 });
    // 11 to 20 were leased anew meanwhile; of them 15 is the last that was printed.
    const clash = { year: YEAR, first: 11, last: 20, holders: ['1'], printed: [{ first: 11, last: 15 }] };
    const answer = await two.client.numbers.tell({ leases: [told(41, 50), told(11, 30, 15)] });
    expect(answer).toEqual({
      recorded: [
        { year: YEAR, pattern: PATTERN, first: 21, last: 30 },
        { year: YEAR, pattern: PATTERN, first: 41, last: 50 },
      ],
      clashes: [clash],
    });
    expect(await two.client.numbers.tell({ leases: [told(11, 30, 15), told(41, 50)] })).toEqual({
      recorded: [],
      clashes: [clash],
    });
    // What is between them somebody holds who has not told yet; nobody else gets it.
    expect(await account()).toMatchObject({
      last: 50,
      held: 40,
      problems: [{ kind: 'not-leased', first: 31, last: 40 }],
    });
    const third = await workstation();
    expect((await third.client.numbers.tell({ leases: [told(31, 40)] })).recorded).toHaveLength(1);
    expect(await lease(third, 5)).toMatchObject({ first: 51, last: 55 });
    expect(await account()).toMatchObject({ last: 55, held: 55, problems: [] });
    // They come by the feed, like every lease.
    const { items } = await two.feed();
    const own = items
      .filter(({ event }) => event.stream.id === two.deviceId)
      .map(({ event }) => event.payload);
    expect(own).toContainEqual({ year: YEAR, pattern: PATTERN, first: 41, last: 50 });
    const { invariants } = await setting.centre.admin.admin.verify();
    expect(invariants.filter((invariant) => invariant.broken > 0)).toEqual([]);
  });

  it('are named by the account where a paper bears a number that another workstation has', async () => {
    const [one, two] = [await workstation(), await workstation()];
    await lease(one, 5);
    const stream = newCase();
    const event = (step: { type: string; payload: unknown }) =>
      two.event({ stream, ...step, actor: mallMediator });
    await two.push([event(steps.register()), event(receipt(3))]);
    const { clashes } = await two.client.numbers.tell({ leases: [told(1, 5, 3)] });
    expect(clashes).toMatchObject([{ first: 1, last: 5, holders: ['1'], printed: [{ first: 1, last: 3 }] }]);
    expect((await account()).problems).toContainEqual({ kind: 'issued-not-leased', first: 3, last: 3 });
  });

  it('are believed only as far as leases can be', async () => {
    const one = await workstation();
    const far = await refusal(one.client.numbers.tell({ leases: [told(30_000, 30_010)] }));
    expect(far).toMatchObject({ code: 'RULE', data: { rule: 'numbers-too-far' } });
    const large = await refusal(one.client.numbers.tell({ leases: [told(1, 201)] }));
    expect(large).toMatchObject({ code: 'INPUT_INVALID' });
    expect(await account()).toMatchObject({ last: 0, problems: [] });
  });
});

describe('a centre whose database has another history', () => {
  it('leases no more numbers of a unit until each workstation that may hold some has told', async () => {
    const { database } = setting.centre.centre;
    const [one, two, elsewhere] = [await workstation(), await workstation(), await workstation(SECOND_MALL)];
    await lease(one, 5);
    // Enrolled before this history began, in another.
    await sql`UPDATE device SET enrolled_at = enrolled_at - interval '2 hours' WHERE unit_path = ${MALL}`.execute(
      database,
    );
    await sql`
      INSERT INTO number_history (epoch, since) SELECT 'before', min(since) - interval '1 day' FROM number_history`.execute(
      database,
    );
    await sql`UPDATE number_history SET since = now() - interval '1 hour' WHERE epoch <> 'before'`.execute(
      database,
    );
    const refused = async (device: TestDevice) => (await refusal(lease(device, 5))).data;
    expect(await refused(one)).toEqual({ rule: 'numbers-awaited', parameters: { codes: '1, 2' } });
    await one.client.numbers.tell({ leases: [] });
    expect(await refused(one)).toEqual({ rule: 'numbers-awaited', parameters: { codes: '2' } });
    // Another unit's register is none of it; who was enrolled since is not waited for.
    expect(await lease(elsewhere, 5)).toMatchObject({ first: 1 });
    const fresh = await workstation();
    expect(await refused(fresh)).toEqual({ rule: 'numbers-awaited', parameters: { codes: '2' } });
    await two.client.numbers.tell({ leases: [told(6, 25)] });
    expect(await lease(fresh, 5)).toMatchObject({ first: 26, last: 30 });
    expect(await account()).toMatchObject({ last: 30, held: 30, problems: [] });
  });

  it('waits for nobody who is out of use', async () => {
    const { database } = setting.centre.centre;
    const [one, two] = [await workstation(), await workstation()];
    await sql`UPDATE device SET enrolled_at = enrolled_at - interval '2 hours' WHERE id <> 'centre'`.execute(
      database,
    );
    await sql`INSERT INTO number_history VALUES ('before', now() - interval '1 day')`.execute(database);
    await sql`UPDATE number_history SET since = now() - interval '1 hour' WHERE epoch <> 'before'`.execute(
      database,
    );
    await one.client.numbers.tell({ leases: [] });
    expect((await refusal(lease(one, 5))).data).toMatchObject({ parameters: { codes: '2' } });
    await setting.centre.admin.admin.revoke({ deviceId: two.deviceId, reason: 'its disk is lost' });
    expect(await lease(one, 5)).toMatchObject({ first: 1, last: 5 });
  });
});
