import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import type { RepeatsAnswer } from '../../src/contract/centre/repeats.ts';
import { consumerMark } from '../../src/protocol/consumer-mark.ts';
import { enrolTestDevice, type TestDevice } from '../support/device.ts';
import { registration } from '../support/facts.ts';
import { codeFor } from '../support/postgres.ts';
import {
  CIRCLE,
  MALL,
  mallMediator,
  newCase,
  refusal,
  SECOND_MALL,
  secondMediator,
  SHOP,
  shopManager,
  steps,
  useCentre,
} from './setting.ts';

// With its jobs, one of which gives older records their marks.
const setting = useCentre({ jobs: true });
const PHONE = '13812349876';
const consumer = { name: '欧阳娜娜', phone: PHONE, address: '和义路七号' };
const NOTHING = { cases: 0, merchants: 0, claimedFen: 0, returns: 0, days: 365 };

async function keyOf(device: TestDevice): Promise<Uint8Array> {
  await device.signIn();
  return Buffer.from((await device.client.repeats.key()).key, 'base64');
}

async function ask(
  device: TestDevice,
  phone: string,
  merchantId: string | null = null,
): Promise<RepeatsAnswer> {
  const mark = consumerMark(await keyOf(device), phone) ?? '';
  return device.client.repeats.ask({ mark, merchantId, staffId: 'mediator-second' });
}

/** A case at the first mall, with a merchant on the roster, and its consumer's other record at the shop. */
async function complaintAtMall(): Promise<TestDevice> {
  const mall = await setting.device(MALL);
  const merchant = { merchantId: 'merchant-1', name: '虚构服饰店' };
  const stream = newCase();
  await mall.push([
    mall.event({ stream, ...steps.register({ consumer, merchant }), actor: mallMediator }),
    mall.event({ stream, ...steps.accept(), actor: mallMediator }),
    mall.event({ stream, ...steps.settle(), actor: mallMediator }),
  ]);
  return mall;
}

describe('complaints out of sight', () => {
  it('are told by unit, day, kind, merchant and outcome, and by nothing else of them', async () => {
    await complaintAtMall();
    const second = await setting.device(SECOND_MALL);
    const answer = await ask(second, '138 1234 9876', 'merchant-1');
    expect(answer.facts).toEqual({ ...NOTHING, cases: 1, merchants: 1, claimedFen: expect.any(Number) });
    expect(answer.cases).toEqual([
      {
        unitName: 'M01（测试）',
        day: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
        object: 'clothing',
        sameMerchant: true,
        outcome: 'agreed',
      },
    ]);
    const said = JSON.stringify(answer);
    const hidden = [consumer.name, PHONE, consumer.address, '虚构服饰店', 'merchant-1', '大衣', 'M01-2026'];
    expect(hidden.filter((one) => said.includes(one))).toEqual([]);
    const payload = JSON.stringify(registration({ consumer }));
    expect(hidden.filter((one) => payload.includes(one))).toHaveLength(hidden.length - 1);
    const other = await ask(second, PHONE, 'merchant-2');
    expect(other.cases[0]?.sameMerchant).toBe(false);
    expect((await ask(second, PHONE)).cases[0]?.sameMerchant).toBeNull();
    expect((await ask(second, '13812349870')).facts).toEqual(NOTHING);
  });

  it('leave out what the asker sees, and name the unit above a shop', async () => {
    const shop = await setting.device(SHOP);
    await shop.push([shop.event({ stream: newCase(), ...steps.register({ consumer }), actor: shopManager })]);
    // The mall supervises the shop and has the case in its list.
    expect((await ask(await setting.device(MALL), PHONE)).facts).toEqual(NOTHING);
    const { cases } = await ask(await setting.device(CIRCLE), PHONE);
    expect(cases.map(({ unitName, outcome }) => [unitName, outcome])).toEqual([['M01（测试）', 'open']]);
  });

  it('follow a corrected number, count returns, and end after a year', async () => {
    const mall = await setting.device(MALL);
    const stream = newCase();
    const correction = { type: 'case-corrected', payload: { reason: '听错', consumerPhone: '13700001111' } };
    await mall.push([
      mall.event({ stream, ...steps.register({ consumer }), actor: mallMediator }),
      mall.event({ stream, ...correction, actor: mallMediator }),
    ]);
    const second = await setting.device(SECOND_MALL);
    expect((await ask(second, PHONE)).facts.cases).toBe(0);
    expect((await ask(second, '13700001111')).facts.cases).toBe(1);
    const request = {
      goodsCategory: 'clothing',
      goodsName: '大衣',
      purchasedOn: '2026-03-01',
      requestedOn: '2026-03-02',
      amountFen: 50_000,
      proofType: 'receipt',
      proofNumber: null,
      condition: 'intact',
      gift: 'none',
      giftPriceFen: null,
      confirmedUnsuitable: false,
    };
    const { receipts } = await mall.push([
      mall.event({
        stream: { kind: 'return', id: newCase().id },
        type: 'return-requested',
        payload: {
          number: 'M01-R2026-1-0001',
          merchantId: 'merchant-1',
          merchantName: '虚构服饰店',
          commitmentId: null,
          commitmentVersion: null,
          consumer: { name: '欧阳娜娜', phone: '13700001111' },
          request,
          verdict: 'eligible',
          reasons: [],
        },
        actor: mallMediator,
      }),
    ]);
    expect(receipts).toMatchObject([{ status: 'accepted' }]);
    expect((await ask(second, '13700001111')).facts).toMatchObject({ cases: 1, returns: 1 });
    setting.centre.setNow(new Date(Date.now() + 366 * 86_400_000));
    expect((await ask(second, '13700001111')).facts).toEqual(NOTHING);
  });

  it('are nothing to another district, which has a key of its own', async () => {
    await complaintAtMall();
    await setting.centre.admin.admin.createUnits({
      units: [{ path: '/JB', name: '江北（测试）', level: 4, party: 'regulator', disputePoint: true }],
    });
    const foreign = await setting.device('/JB');
    expect((await ask(foreign, PHONE)).facts).toEqual(NOTHING);
    const second = await setting.device(SECOND_MALL);
    const [ours, theirs] = [await keyOf(second), await keyOf(foreign)];
    expect(Buffer.from(ours).equals(Buffer.from(theirs))).toBe(false);
    // Even with the mark of the district next door.
    const mark = consumerMark(ours, PHONE) ?? '';
    const stolen = await foreign.client.repeats.ask({ mark, merchantId: null, staffId: 'x' });
    expect(stolen.facts).toEqual(NOTHING);
  });

  it('are asked by enrolled devices only, so many times an hour, and every question is on record', async () => {
    await complaintAtMall();
    const second = await setting.device(SECOND_MALL);
    const stranger = await enrolTestDevice({
      url: setting.centre.url,
      code: await codeFor(setting.centre, SECOND_MALL),
    });
    const mark = consumerMark(await keyOf(second), PHONE) ?? '';
    const question = { mark, merchantId: null, staffId: secondMediator.staffId };
    expect((await refusal(stranger.client.repeats.ask(question))).code).toBe('NOT_AUTHENTICATED');
    expect((await refusal(stranger.client.repeats.key())).code).toBe('NOT_AUTHENTICATED');
    expect((await refusal(second.client.repeats.ask({ ...question, mark: PHONE }))).code).toBe(
      'INPUT_INVALID',
    );

    setting.centre.setNow(new Date('2026-05-01T00:00:00.000Z'));
    await second.signIn();
    await second.client.repeats.ask(question);
    const { database } = setting.centre.centre;
    const { rows } = await sql<Record<string, unknown>>`SELECT * FROM consumer_mark_question`.execute(
      database,
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      device: second.deviceId,
      unit_path: SECOND_MALL,
      staff_id: secondMediator.staffId,
      mark,
      asked_at: new Date('2026-05-01T00:00:00.000Z'),
    });
    expect(JSON.stringify(rows)).not.toContain(PHONE);

    await sql`
      INSERT INTO consumer_mark_question (circle, device, unit_path, staff_id, mark, cases, returns, asked_at)
      SELECT circle, device, unit_path, staff_id, mark, cases, returns, asked_at + interval '10 minutes'
      FROM consumer_mark_question, generate_series(1, 119)`.execute(database);
    setting.centre.setNow(new Date('2026-05-01T00:40:00.000Z'));
    await second.signIn();
    expect(await refusal(second.client.repeats.ask(question))).toMatchObject({
      code: 'TOO_MANY_QUESTIONS',
      status: 429,
      data: { retryAfterSeconds: 1200 },
    });
    setting.centre.setNow(new Date('2026-05-01T01:00:01.000Z'));
    await second.signIn();
    await second.client.repeats.ask(question);
  });
});

describe('marks', () => {
  it('are made anew for records from before them, and a lost one shows', async () => {
    const mall = await complaintAtMall();
    const { database } = setting.centre.centre;
    // The schema as a database had it that knew no marks.
    await sql`DELETE FROM consumer_mark`.execute(database);
    const names = async (): Promise<string[]> =>
      (await setting.centre.admin.admin.verify()).invariants
        .filter((one) => one.broken > 0)
        .map((one) => one.name);
    expect(await names()).toEqual(['consumer marks are whole']);
    await sql`DELETE FROM setting WHERE key = 'consumer-marks-filled'`.execute(database);
    await setting.centre.halt();
    await setting.centre.resume();
    const second = await setting.device(SECOND_MALL);
    await expect.poll(async () => (await ask(second, PHONE)).facts.cases).toBe(1);
    expect(await names()).toEqual([]);
    // What comes in afterwards is marked as it comes.
    await mall.push([
      mall.event({ stream: newCase(), ...steps.register({ consumer }), actor: mallMediator }),
    ]);
    expect((await ask(second, PHONE)).facts.cases).toBe(2);
  });

  it('are one however a number is typed, and none without a number', () => {
    const key = new Uint8Array(32).fill(7);
    const mark = consumerMark(key, PHONE);
    expect(mark).toMatch(/^[A-Za-z0-9_-]{43}$/);
    for (const typed of ['138 1234 9876', '+86 138-1234-9876', '１３８１２３４９８７６'])
      expect(consumerMark(key, typed)).toBe(mark);
    expect(consumerMark(new Uint8Array(32).fill(8), PHONE)).not.toBe(mark);
    for (const nothing of ['', '138', '没有']) expect(consumerMark(key, nothing)).toBeNull();
  });
});
