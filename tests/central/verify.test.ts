import { sql, type RawBuilder } from 'kysely';
import { describe, expect, it } from 'vitest';
import { newRecordKey } from '../../src/protocol/sealed-facts.ts';
import {
  CIRCLE,
  circleSupervisor,
  MALL,
  mallMediator,
  newCase,
  SHOP,
  shopManager,
  steps,
  useCentre,
} from './setting.ts';

const setting = useCentre();

async function broken(): Promise<string[]> {
  const { invariants } = await setting.centre.admin.admin.verify();
  for (const one of invariants) expect(one.checked, one.name).toBeGreaterThan(0);
  for (const one of invariants) expect(one.examples.length > 0, one.name).toBe(one.broken > 0);
  return invariants.filter((one) => one.broken > 0).map((one) => one.name);
}

async function story(): Promise<void> {
  await fund();
  const [shop, mall] = [await setting.device(SHOP), await setting.device(MALL)];
  const [up, sealedBy] = [newCase(), newRecordKey()];
  await shop.push([
    shop.event({ stream: up, ...steps.register(), actor: shopManager, sealedBy }),
    shop.event({ stream: up, ...steps.escalate(MALL), actor: shopManager }),
    shop.event({ stream: up, ...steps.accept(), actor: shopManager }),
  ]);
  const merchant = { kind: 'merchant', id: 'merchant-1' };
  const registered = {
    name: '虚构服饰店',
    creditCode: null,
    category: 'enterprise',
    unitPath: MALL,
    address: null,
    contactName: null,
    phone: null,
    invented: true,
  };
  await mall.push([
    mall.event({
      stream: merchant,
      type: 'merchant-registered',
      payload: registered,
      actor: mallMediator,
    }),
    mall.event({
      stream: merchant,
      type: 'public-code-issued',
      payload: { code: '0123456789ABCDEFGHJK' },
      actor: mallMediator,
    }),
    ...[steps.accept(), steps.settle(), steps.close()].map((step) =>
      mall.event({ stream: up, ...step, actor: mallMediator }),
    ),
  ]);
}

/** A Love Fund of the circle, with something in it. */
async function fund(): Promise<void> {
  const circle = await setting.device(CIRCLE);
  const charity = { kind: 'charity', id: 'fund-1' };
  const donation = { entryId: 'd1', fen: 50_000, donor: { anonymous: true, name: null }, on: '2026-03-02' };
  const facts = [
    { type: 'charity-opened', payload: { name: '爱心基金', unitPath: CIRCLE } },
    { type: 'donation-received', payload: donation },
  ];
  await circle.push(facts.map((step) => circle.event({ stream: charity, ...step, actor: circleSupervisor })));
}

/** What each kind of tampering breaks. */
const TAMPERING: [string, RawBuilder<unknown>, string[]][] = [
  [
    'a counter at a mall',
    sql`UPDATE rollup_counter SET settled = settled + 1 WHERE unit_path = ${MALL} AND facet = '' AND grain = 'day' AND settled > 0`,
    ['parents equal the sum of children', 'rebuild equals incremental'],
  ],
  [
    'a counter at a mall and all above it, which still adds up',
    sql`UPDATE rollup_counter SET settled = settled + 1, own_settled = CASE WHEN unit_path = ${MALL} THEN own_settled + 1 END WHERE settled > 0`,
    ['rebuild equals incremental'],
  ],
  [
    'a row of counters that is gone',
    sql`DELETE FROM rollup_counter WHERE unit_path = ${CIRCLE} AND facet = '' AND grain = 'month'`,
    ['parents equal the sum of children', 'rebuild equals incremental'],
  ],
  [
    'a handling time',
    sql`UPDATE rollup_handling SET bucket = bucket + 1 WHERE unit_path = '/HS'`,
    ['rebuilt handling times equal incremental'],
  ],
  [
    'a payload',
    sql`UPDATE event SET payload = replace(payload, '80000', '90000') WHERE type = 'case-settled'`,
    ['device chains are unbroken', 'states equal their replay', 'rebuild equals incremental'],
  ],
  [
    'the last event of a log',
    sql`DELETE FROM event WHERE type = 'case-closed'`,
    [
      'device chains are unbroken',
      'states equal their replay',
      'rebuild equals incremental',
      'feeds are whole',
    ],
  ],
  [
    'a public code of somebody else',
    sql`UPDATE public_code SET merchant_id = 'merchant-2'`,
    ['public codes lead to their merchants'],
  ],
  [
    'a rejection taken for an acceptance',
    sql`UPDATE event SET status = 'accepted' WHERE status = 'rejected'`,
    [
      'acknowledged facts stand once',
      'accepted events are legal in order',
      'feeds carry all that is in sight',
    ],
  ],
  [
    'what is in a Love Fund',
    sql`UPDATE stream SET state = replace(state, '50000', '60000') WHERE kind = 'charity'`,
    ['states equal their replay', 'a Love Fund holds what its facts add up to, and never less than nothing'],
  ],
  [
    'a state',
    sql`UPDATE stream SET state = replace(state, '"closed"', '"settled"') WHERE kind = 'case'`,
    ['states equal their replay'],
  ],
  [
    'a case that was put into the archive and then had a fact',
    sql`INSERT INTO archived_stream SELECT kind, id, circle, 1, now() - interval '1 day', NULL, state::json ->> 'number',
        state::json -> 'consumer' ->> 'name', state::json -> 'merchant' ->> 'name', '5678', current_date
        FROM stream WHERE kind = 'case'`,
    ['the archive holds closed cases only'],
  ],
  [
    'a case of the archive under another name',
    sql`INSERT INTO archived_stream SELECT kind, id, circle, 1, now() + interval '1 day', NULL, state::json ->> 'number',
        '李四', state::json -> 'merchant' ->> 'name', '5678', current_date FROM stream WHERE kind = 'case'`,
    ['the archive holds closed cases only'],
  ],
  [
    'an entry of a feed',
    sql`DELETE FROM feed WHERE unit_path = ${MALL} AND position = 3`,
    ['feeds are whole', 'feeds carry all that is in sight'],
  ],
  [
    'the order of a feed',
    sql`UPDATE feed SET event_id = other.event_id FROM feed AS other
        WHERE feed.unit_path = ${MALL} AND other.unit_path = ${MALL} AND feed.position + other.position = 7
          AND feed.position IN (3, 4)`,
    ['feeds are whole'],
  ],
  [
    'a case in a feed that may not carry it',
    sql`WITH moved AS (UPDATE stream SET sight = replace(sight, '"/HS/C1/M01"', '"/HS/C1/M01","/HS/C1/M02"')
          WHERE kind = 'case')
        INSERT INTO feed SELECT '/HS/C1', '/HS/C1/M02', 1000 + row_number() OVER (ORDER BY position), id
        FROM event WHERE stream_kind = 'case' AND status <> 'rejected'`,
    ['feeds are whole', 'no unit sees what it may not'],
  ],
  [
    'a fact that its own unit was never shown',
    sql`DELETE FROM feed USING event WHERE event.id = feed.event_id AND event.type = 'case-closed'
        AND feed.unit_path = ${MALL}`,
    ['acknowledged facts stand once', 'feeds are whole', 'feeds carry all that is in sight'],
  ],
  [
    'a record whose key is gone, and that nobody erased',
    sql`DELETE FROM record_key`,
    ['what is erased is erased, and nothing else', 'states equal their replay'],
  ],
  [
    'a record with another key',
    sql`UPDATE record_key SET key = ${Buffer.alloc(32).toString('base64')}`,
    ['what is erased is erased, and nothing else', 'states equal their replay'],
  ],
  [
    'a fact that says it was erased',
    sql`UPDATE event SET sealed_with = 'erased', payload = replace(payload, '"amountFen":128000', '"amountFen":128001')
        WHERE type = 'case-registered'`,
    ['what is erased is erased, and nothing else', 'states equal their replay'],
  ],
  [
    'a refusal without its rule',
    sql`UPDATE event SET refusal = NULL WHERE status = 'rejected'`,
    ['acknowledged facts stand once'],
  ],
  [
    'the sight of a case',
    sql`UPDATE stream SET sight = '["/HS"]' WHERE kind = 'case'`,
    ['feeds carry all that is in sight', 'no unit sees what it may not'],
  ],
];

describe('the invariants', () => {
  it('hold after a story with a rejected step', async () => {
    await story();
    expect(await broken()).toEqual([]);
  });

  it.each(TAMPERING)('show %s', async (_what, tamper, expected) => {
    await story();
    const { numAffectedRows } = await tamper.execute(setting.centre.centre.database);
    expect(Number(numAffectedRows)).toBeGreaterThan(0);
    expect((await broken()).toSorted()).toEqual(expected.toSorted());
  });

  it('are checked on a snapshot, while others push', async () => {
    await story();
    const mall = await setting.device(MALL);
    await mall.signIn();
    let pushing = true;
    let batches = 0;
    const pushes = (async () => {
      for (; pushing; batches += 1) {
        const streams = Array.from({ length: 20 }, newCase);
        await mall.push(
          streams.map((stream) => mall.event({ stream, ...steps.register(), actor: mallMediator })),
        );
      }
    })();
    try {
      // At least so often, and until enough was pushed meanwhile, however slow the machine is.
      for (let round = 0; round < 5 || batches <= 3; round += 1) expect(await broken()).toEqual([]);
    } finally {
      pushing = false;
      await pushes;
    }
    expect(batches).toBeGreaterThan(3);
  });
});
