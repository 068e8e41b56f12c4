import { sql } from 'kysely';
import { uuidv7 } from 'uuidv7';
import { describe, expect, it } from 'vitest';
import { gradeLastMonth, gradeWanted } from '../../src/central/credit/index.ts';
import { createFollowers } from '../../src/central/followers.ts';
import type { IngestParts } from '../../src/central/kernel/ingest/append.ts';
import { createUnitCache } from '../../src/central/kernel/units.ts';
import { observeHistory, rebuildFromLog } from '../../src/central/rebuild/index.ts';
import { createConsumerMarks } from '../../src/central/repeats/index.ts';
import { type CreditPolicy, type CreditState, defaultPolicy } from '../../src/domain/credit/index.ts';
import type { Actor } from '../../src/domain/kernel/event/event.ts';
import { createRandom, type Random } from '../../tools/world/random.ts';
import type { EventDraft, TestDevice } from '../support/device.ts';
import { gradeIndependently, readLog } from './credit-independent.ts';
import {
  CIRCLE,
  circleSupervisor,
  DISTRICT,
  districtSupervisor,
  MALL,
  mallMediator,
  newCase,
  refusal,
  SHOP,
  shopManager,
  steps,
  useCentre,
} from './setting.ts';
import { CENTRE_KEY } from '../support/postgres.ts';

const setting = useCentre();
const admin = () => setting.centre.admin.admin;
const database = () => setting.centre.centre.database;
const NOW = new Date('2026-11-20T02:00:00.000Z');
const never = (): boolean => false;

/** What the jobs of a process are done with. */
async function parts(): Promise<IngestParts> {
  const units = createUnitCache();
  await units.reload(database());
  return {
    database: database(),
    key: CENTRE_KEY,
    units,
    followers: createFollowers(await createConsumerMarks(database())),
  };
}

async function broken(): Promise<string[]> {
  const { invariants } = await admin().verify();
  return invariants.flatMap((one) => (one.broken === 0 ? [] : [`${one.name}: ${one.examples.join('; ')}`]));
}

const merchant = (unitPath: string, name = '虚构服饰店', category = 'enterprise') => ({
  type: 'merchant-registered',
  payload: {
    name,
    creditCode: null,
    category,
    unitPath,
    address: null,
    contactName: null,
    phone: null,
    invented: true,
  },
});

type Step = Pick<EventDraft, 'type' | 'payload'>;
/** A case about a merchant at a workstation, step by step from an instant on. */
function caseAt(device: TestDevice, actor: Actor, merchantId: string, at: string, more: readonly Step[]) {
  const stream = newCase();
  const registered = steps.register({ merchant: { merchantId, name: '虚构' } });
  return [registered, ...more].map((step, place) =>
    device.event({ ...step, stream, actor, at: new Date(Date.parse(at) + place * 60_000).toISOString() }),
  );
}

async function creditOf(merchantId: string): Promise<CreditState> {
  const { rows } = await sql<{ state: string }>`
    SELECT state FROM stream WHERE kind = 'credit' AND id = ${merchantId}`.execute(database());
  return JSON.parse(rows[0]?.state ?? 'null') as CreditState;
}

/** The types of credit facts in a unit's feed. */
async function creditIn(unitPath: string): Promise<string[]> {
  const device = await setting.device(unitPath);
  const { items } = await device.feed();
  return items.flatMap(({ event }) => (event.stream.kind === 'credit' ? [event.type] : []));
}

/** A merchant at the shop with three settled disputes and two that failed. */
async function knownMerchant(): Promise<{ id: string; mall: TestDevice; shop: TestDevice }> {
  setting.centre.setNow(NOW);
  const id = uuidv7();
  const [mall, shop] = [await setting.device(MALL), await setting.device(SHOP)];
  await mall.push([
    mall.event({ stream: { kind: 'merchant', id }, ...merchant(SHOP), actor: mallMediator }),
    ...[1, 2, 3].flatMap((day) =>
      caseAt(mall, mallMediator, id, `2026-10-0${day}T02:00:00.000Z`, [
        steps.accept(),
        steps.settle(),
        steps.close(),
      ]),
    ),
    ...[4, 5].flatMap((day) =>
      caseAt(mall, mallMediator, id, `2026-10-0${day}T02:00:00.000Z`, [
        steps.accept(),
        steps.fail(),
        steps.close(),
      ]),
    ),
  ]);
  return { id, mall, shop };
}

describe('grades at the centre', () => {
  it('are published with explanation and reasons to the merchant’s unit and all above, once', async () => {
    const { id } = await knownMerchant();
    expect(await admin().gradeMerchants({})).toMatchObject({
      districts: [{ district: 'HS', month: '2026-11', merchants: 1, distribution: { B: 1 }, published: 1 }],
    });
    const { grade } = await creditOf(id);
    expect(grade).toMatchObject({
      month: '2026-11',
      outcome: 'graded',
      grade: 'B',
      matters: 5,
      policyVersion: 1,
      cause: 'monthly',
    });
    expect(grade?.lines.reduce((sum, line) => sum + line.points, grade.base)).toBe(grade?.points);
    expect(grade?.reasons.map(({ code, facts }) => [code, facts.length])).toEqual([['settled-at-source', 2]]);
    expect(grade?.recordedBy).toEqual([mallMediator.staffId]);
    // Nothing new is known: nothing is said again, monthly or on demand.
    expect((await admin().gradeMerchants({})).districts[0]?.published).toBe(0);
    expect(await admin().gradeMerchant({ merchantId: id })).toEqual({ published: false });
    for (const path of [SHOP, MALL, CIRCLE, DISTRICT])
      expect(await creditIn(path), path).toEqual(['grade-published']);
    expect(await creditIn('/HS/C1/M02')).toEqual([]);
    expect(await broken()).toEqual([]);
  });

  it('are of the month that is over, once, by the job', async () => {
    await knownMerchant();
    // The jobs of the centre that made the district have graded its last month, with nobody in it.
    await sql`DELETE FROM setting WHERE key = 'credit-graded'`.execute(database());
    expect(await gradeLastMonth(await parts(), NOW, never)).toBe(true);
    expect(await gradeLastMonth(await parts(), NOW, never)).toBe(false);
    const { rows } = await sql`SELECT month, outcome, grade FROM credit_grade`.execute(database());
    expect(rows).toEqual([{ month: 2026 * 12 + 9, outcome: 'graded', grade: 'B' }]);
  });

  it('refuse a month to come, a merchant that nobody knows, and a workstation’s own', async () => {
    const { id, shop } = await knownMerchant();
    expect(await refusal(admin().gradeMerchants({ month: '2026-12' }))).toMatchObject({
      data: { rule: 'credit-month-to-come', field: 'month' },
    });
    expect(await refusal(admin().gradeMerchants({ month: '2026-13' }))).toMatchObject({
      code: 'INPUT_INVALID',
    });
    expect(await refusal(admin().gradeMerchant({ merchantId: 'nobody' }))).toMatchObject({
      data: { rule: 'merchant-missing', field: 'merchantId' },
    });
    const forged = shop.event({
      stream: { kind: 'credit', id },
      type: 'grade-published',
      payload: {},
      actor: shopManager,
    });
    expect((await shop.push([forged])).receipts[0]?.refusal).toEqual({ rule: 'stream-not-yours' });
  });

  it('follow a correction: a case of another merchant is taken along', async () => {
    const { id, mall } = await knownMerchant();
    const other = uuidv7();
    const roster = mall.event({
      stream: { kind: 'merchant', id: other },
      ...merchant(MALL),
      actor: mallMediator,
    });
    const [registered, accepted, failed] = caseAt(mall, mallMediator, id, '2026-11-01T02:00:00.000Z', [
      steps.accept(),
      steps.fail(),
    ]);
    const escalated = mall.event({
      stream: registered!.stream,
      ...steps.escalate(CIRCLE),
      actor: mallMediator,
      at: '2026-11-02T02:00:00.000Z',
    });
    const district = await setting.device(DISTRICT);
    const circle = await setting.device(CIRCLE);
    await mall.push([roster, registered!, accepted!, failed!, escalated]);
    await circle.push(
      [steps.accept(), steps.fail(), steps.escalate(DISTRICT)].map((step) =>
        circle.event({ stream: registered!.stream, ...step, actor: circleSupervisor }),
      ),
    );
    const counts = async () =>
      (
        await sql`SELECT merchant_id AS id, good, bad FROM credit_count WHERE indicator = 4 AND good + bad > 0 AND month = 24322`.execute(
          database(),
        )
      ).rows;
    expect(await counts()).toEqual([{ id, good: 0, bad: 1 }]);
    await admin().gradeMerchants({});
    const corrected = { reason: '店铺记错', merchantId: other, merchantName: '另一店' };
    await district.push([
      district.event({
        stream: registered!.stream,
        type: 'case-corrected',
        version: 2,
        payload: corrected,
        actor: districtSupervisor,
      }),
    ]);
    expect(await counts()).toEqual([{ id: other, good: 0, bad: 1 }]);
    // Nobody asked for it: what the published grade rests on is about somebody else now.
    expect(await gradeWanted(await parts(), new Date('2026-11-20T03:00:00.000Z'), never)).toBe(1);
    const { grade } = await creditOf(id);
    expect(grade?.cause).toBe('correction');
    expect(grade?.changed?.facts).toContainEqual(
      expect.objectContaining({
        indicator: 'regulator-spared',
        went: true,
        by: { name: districtSupervisor.name, unitPath: DISTRICT },
      }),
    );
    expect(await broken()).toEqual([]);
  });

  it('wait while an objection is open, and are corrected once it is upheld', async () => {
    const { id, shop, mall } = await knownMerchant();
    await admin().gradeMerchants({});
    const before = await creditOf(id);
    const facts = before.grade?.reasons[0]?.facts ?? [];
    const stream = { kind: 'credit', id };
    const objection = {
      objectionId: uuidv7(),
      month: '2026-11',
      facts,
      text: '顾客未到场',
      lateBecause: null,
    };
    const at = NOW.toISOString();
    const objected = await shop.push([
      shop.event({ stream, type: 'objection-made', payload: objection, actor: shopManager, at }),
    ]);
    expect(objected.receipts.map(({ status }) => status)).toEqual(['accepted']);
    // Meanwhile more becomes known, which would be another grade.
    await mall.push(
      caseAt(mall, mallMediator, id, '2026-11-05T02:00:00.000Z', [
        steps.accept(),
        steps.fail(),
        steps.close(),
      ]),
    );
    expect((await admin().gradeMerchants({})).districts[0]).toMatchObject({
      distribution: { pending: 1 },
      published: 0,
    });
    expect(await refusal(admin().gradeMerchant({ merchantId: id }))).toMatchObject({
      data: { rule: 'credit-disputed' },
    });
    const district = await setting.device(DISTRICT);
    await district.push([
      district.event({
        stream,
        type: 'objection-decided',
        payload: { objectionId: objection.objectionId, upheld: true, reason: '记录有误' },
        actor: districtSupervisor,
        at,
      }),
    ]);
    setting.centre.setNow(new Date('2026-11-20T03:00:00.000Z'));
    expect(await gradeWanted(await parts(), new Date('2026-11-20T03:00:00.000Z'), never)).toBe(1);
    const after = await creditOf(id);
    expect(after.grade).toMatchObject({ cause: 'correction', matters: 4 });
    // Who changed what: the supervisor's decision took out the contested ones, and a case was closed meanwhile.
    const changed = after.grade?.changed?.facts ?? [];
    expect(
      changed
        .filter(({ went }) => went)
        .map(({ factId }) => factId)
        .toSorted(),
    ).toEqual(facts.toSorted());
    for (const one of changed.filter(({ went }) => went))
      expect(one).toMatchObject({ by: { name: districtSupervisor.name }, because: expect.any(String) });
    expect(changed.filter(({ went }) => !went)).toContainEqual(
      expect.objectContaining({
        indicator: 'settled-at-source',
        good: false,
        by: { name: mallMediator.name, unitPath: MALL },
        because: null,
      }),
    );
    expect(after.grade?.before).toMatchObject({ points: before.grade?.points, grade: before.grade?.grade });
    const { rows: left } = await sql`SELECT 1 FROM credit_change`.execute(database());
    expect(left).toEqual([]);
    expect(await gradeWanted(await parts(), new Date('2026-11-20T04:00:00.000Z'), never)).toBe(0);
    expect(await broken()).toEqual([]);
  });

  it('are given anew on request', async () => {
    const { id, shop } = await knownMerchant();
    await admin().gradeMerchants({});
    const stream = { kind: 'credit', id };
    const at = NOW.toISOString();
    await shop.push([
      shop.event({
        stream,
        type: 're-rating-requested',
        payload: { text: '已整改' },
        actor: shopManager,
        at,
      }),
      shop.event({
        stream,
        type: 'reply-given',
        payload: { text: '我店已增派客服' },
        actor: shopManager,
        at,
      }),
    ]);
    expect(await gradeWanted(await parts(), NOW, never)).toBe(1);
    expect(await creditOf(id)).toMatchObject({
      grade: { cause: 're-rating' },
      reRating: null,
      reply: { text: '我店已增派客服' },
    });
    expect(await broken()).toEqual([]);
  });
});

describe('a credit policy', () => {
  const strict = (from: string): CreditPolicy => ({
    ...structuredClone(defaultPolicy),
    effectiveFrom: from,
    leastMatters: 6,
  });

  it('says before it is published whose grade would be another, and holds from its month on', async () => {
    const { id } = await knownMerchant();
    await admin().gradeMerchants({});
    const dry = await admin().publishCreditPolicy({ policy: strict('2026-12-01'), dryRun: true });
    expect(dry).toMatchObject({
      version: 2,
      published: false,
      comparedWith: 1,
      merchants: 1,
      distribution: { before: { B: 1 }, after: { 'not-rated': 1 } },
      migration: { B: { 'not-rated': 1 } },
      changes: 1,
      changed: [{ merchantId: id, from: { grade: 'B' }, to: { grade: null }, because: [] }],
    });
    expect(await admin().publishCreditPolicy({ policy: strict('2026-12-01') })).toMatchObject({
      version: 2,
      published: true,
    });
    expect((await admin().gradeMerchants({})).districts[0]).toMatchObject({ policyVersion: 1, published: 0 });
    setting.centre.setNow(new Date('2026-12-02T02:00:00.000Z'));
    expect((await admin().gradeMerchants({})).districts[0]).toMatchObject({
      policyVersion: 2,
      distribution: { 'not-rated': 1 },
      published: 1,
    });
    expect((await creditOf(id)).grade).toMatchObject({ policyVersion: 2, grade: null, outcome: 'not-rated' });
    // Every unit has it, also one that joins later.
    const late = '/HS/C1/M01/S009';
    await admin().createUnits({
      units: [{ path: late, name: '新店', level: 1, party: 'merchant', disputePoint: true }],
    });
    for (const path of [SHOP, DISTRICT, late]) {
      const { items } = await (await setting.device(path)).feed();
      expect(
        items.filter(({ event }) => event.type === 'credit-policy-published'),
        path,
      ).toHaveLength(1);
    }
    expect(await broken()).toEqual([]);
  });

  it('is published at the district’s own workstation by who answers for it, and nowhere else', async () => {
    setting.centre.setNow(NOW);
    const policy = strict('2026-12-01');
    const { staffId } = districtSupervisor;
    const [district, circle] = [await setting.device(DISTRICT), await setting.device(CIRCLE)];
    await Promise.all([district.signIn(), circle.signIn()]);
    const order = { policy, dryRun: true };
    expect(await district.client.creditPolicy({ ...order, staffId })).toMatchObject({
      version: 2,
      published: false,
    });
    expect((await refusal(circle.client.creditPolicy({ ...order, staffId }))).code).toBe('FORBIDDEN');
    expect(
      await refusal(circle.client.creditPolicy({ ...order, staffId: circleSupervisor.staffId })),
    ).toMatchObject({ data: { rule: 'credit-regulator-only' } });
    await district.client.creditPolicy({ policy, dryRun: false, staffId });
    const { items } = await district.feed();
    const published = items.find(({ event }) => event.type === 'credit-policy-published');
    expect(published?.event.payload).toMatchObject({
      version: 2,
      publishedBy: { staffId, name: districtSupervisor.name },
    });
  });

  it('is answered with every fault of the file, and nothing of it is applied', async () => {
    setting.centre.setNow(NOW);
    const bad = strict('2026-11-01');
    bad.scale.grades[1]!.to = 855;
    bad.rates[0]!.indicator = 'tidy-windows';
    const answer = await refusal(admin().publishCreditPolicy({ policy: bad }));
    expect(answer).toMatchObject({ code: 'INPUT_INVALID', status: 400 });
    const { issues } = answer.data as { issues: { field: string; rule: string }[] };
    expect(issues.map(({ field, rule }) => `${field} ${rule}`)).toEqual([
      'policy.effectiveFrom credit-policy-backdated',
      'policy.scale.grades.1.to credit-band-overlap',
      'policy.rates.0.indicator credit-indicator-unknown',
    ]);
    expect(
      await refusal(admin().publishCreditPolicy({ policy: strict('2026-12-01'), unitPath: CIRCLE })),
    ).toMatchObject({
      data: { rule: 'published-at-the-top', field: 'unitPath' },
    });
    await admin().publishCreditPolicy({ policy: strict('2026-12-01') });
    expect((await refusal(admin().publishCreditPolicy({ policy: strict('2026-12-01') }))).data).toMatchObject(
      {
        issues: [{ field: 'policy.effectiveFrom', rule: 'credit-policy-order' }],
      },
    );
  });
});

describe('what is known of merchants', () => {
  it('is made anew from the log as it was kept, and mended where it was not', async () => {
    await knownMerchant();
    const contents = async () => {
      const { rows } = await sql`SELECT * FROM credit_count ORDER BY 1, 2, 3`.execute(database());
      return rows;
    };
    const kept = await contents();
    expect(kept.length).toBeGreaterThan(2);
    for (const harm of [
      sql`UPDATE credit_count SET good = good + 1 WHERE indicator = 1`,
      sql`DELETE FROM credit_fact WHERE NOT good`,
      sql`UPDATE credit_merchant SET category = 'other-operator'`,
    ]) {
      await harm.execute(database());
      expect((await broken())[0]).toContain('what is known of merchants equals its replay');
      const rebuilt = await rebuildFromLog(database(), createUnitCache(), { dryRun: false });
      expect(rebuilt.find(({ what }) => what === 'credit')?.mended).toBeGreaterThan(0);
      expect(await broken()).toEqual([]);
      expect(await contents()).toEqual(kept);
    }
  });

  it('is observed once from facts of before', async () => {
    await knownMerchant();
    const kept = await sql`SELECT * FROM credit_count ORDER BY 1, 2, 3`.execute(database());
    await sql`DELETE FROM setting WHERE key = 'credit-whole'`.execute(database());
    for (const table of ['credit_fact', 'credit_count', 'credit_merchant'])
      await sql`DELETE FROM ${sql.table(table)}`.execute(database());
    // What is late is not wrong.
    expect(await broken()).toEqual([]);
    await observeHistory(database(), createUnitCache());
    const anew = await sql`SELECT * FROM credit_count ORDER BY 1, 2, 3`.execute(database());
    expect(anew.rows).toEqual(kept.rows);
    expect(await broken()).toEqual([]);
  });
});

/** Any run of matters of a merchant, at its shop, the mall and above, in the two years before. */
async function invent(random: Random, merchants: readonly string[]): Promise<void> {
  const [shop, mall, circle, district] = await Promise.all(
    [SHOP, MALL, CIRCLE, DISTRICT].map((path) => setting.device(path)),
  );
  const after = (at: string, hours: number): string =>
    new Date(Date.parse(at) + hours * 3_600_000).toISOString();
  const anyDay = (): string =>
    new Date(Date.parse('2024-12-01T02:00:00.000Z') + random.whole(0, 700) * 86_400_000).toISOString();
  const batches: Record<string, Parameters<TestDevice['push']>[0][number][]> = {
    shop: [],
    mall: [],
    circle: [],
    district: [],
  };
  const say = (who: keyof typeof batches, device: TestDevice, draft: EventDraft): void =>
    void batches[who]?.push(device.event(draft));
  const by = (who: 'shop' | 'mall' | 'circle' | 'district') =>
    ({
      shop: [shop!, shopManager],
      mall: [mall!, mallMediator],
      circle: [circle!, circleSupervisor],
      district: [district!, districtSupervisor],
    })[who] as [TestDevice, Actor];
  const step = (
    who: 'shop' | 'mall' | 'circle' | 'district',
    stream: EventDraft['stream'],
    one: Step,
    at: string,
  ): void => {
    const [device, actor] = by(who);
    say(who, device, { ...one, stream, actor, at });
  };
  const performed = { type: 'performance-recorded', payload: { result: 'kept', on: '2024-12-01' } };
  const agreed = (): Step =>
    random.chance(0.5)
      ? steps.settle()
      : {
          type: 'case-settled',
          payload: {
            ...(steps.settle().payload as object),
            performance: { kind: 'by', dueOn: '2027-01-01', manner: '转账' },
          },
        };
  for (const id of merchants) {
    say('mall', mall!, {
      stream: { kind: 'merchant', id },
      ...merchant(random.pick([SHOP, MALL]), '店', random.pick(['enterprise', 'individual-business'])),
      actor: mallMediator,
    });
    const quality = random.next();
    for (let matter = random.whole(0, 9); matter > 0; matter -= 1) {
      const at = anyDay();
      const stream = newCase();
      const register = steps.register({
        merchant: { merchantId: id, name: '店' },
        facts: { text: '虚构', occurredOn: '2024-11-01' },
      });
      const settle = (who: 'shop' | 'mall' | 'circle' | 'district', when: string): void => {
        const one = agreed();
        step(who, stream, one, when);
        if ((one.payload as { performance: { kind: string } }).performance.kind === 'by')
          step(
            who,
            stream,
            random.chance(quality)
              ? performed
              : { ...performed, payload: { result: 'broken', on: '2024-12-01' } },
            after(when, 1),
          );
      };
      if (random.chance(0.3)) {
        const returned = { kind: 'return', id: uuidv7() };
        const request = {
          goodsName: '外套',
          goodsCategory: 'clothing',
          amountFen: 10_000,
          purchasedOn: '2024-11-01',
          requestedOn: '2024-11-02',
          proofType: 'receipt',
          proofNumber: null,
          condition: 'intact',
          gift: 'none',
          giftPriceFen: null,
          confirmedUnsuitable: false,
        };
        const verdict = random.pick(['eligible', 'eligible', 'negotiable', 'ineligible']);
        step(
          'mall',
          returned,
          {
            type: 'return-requested',
            payload: {
              number: 'M01-R2026-1-0001',
              merchantId: id,
              merchantName: '店',
              commitmentId: null,
              commitmentVersion: null,
              consumer: { name: '张三', phone: null },
              request,
              verdict,
              reasons: [],
            },
          },
          at,
        );
        step(
          'mall',
          returned,
          random.chance(quality)
            ? {
                type: 'return-granted',
                payload: { refundFen: 10_000, route: 'cash', refundedOn: '2024-12-01' },
              }
            : { type: 'return-refused', payload: { ground: 'other', text: '不符' } },
          after(at, 2),
        );
        continue;
      }
      const begins = random.pick(['shop', 'mall', 'mall', 'district'] as const);
      step(begins, stream, register, at);
      step(begins, stream, steps.accept(), after(at, random.chance(quality) ? 3 : 30));
      if (begins === 'district' || random.chance(quality)) {
        settle(begins, after(at, 40));
        continue;
      }
      step(begins, stream, steps.fail(), after(at, 40));
      if (random.chance(0.4)) {
        step(begins, stream, steps.close(), after(at, 41));
        continue;
      }
      // Those above take it up in batches of their own, which come in this order.
      if (begins === 'shop') {
        step('shop', stream, steps.escalate(MALL), after(at, 42));
        continue;
      }
      step('mall', stream, steps.escalate(CIRCLE), after(at, 42));
      step('circle', stream, steps.accept(), after(at, 50));
      if (random.chance(0.5)) settle('circle', after(at, 60));
      else {
        step('circle', stream, steps.fail(), after(at, 60));
        step('circle', stream, steps.escalate(DISTRICT), after(at, 61));
      }
    }
    const entry = () => ({ entryId: uuidv7(), merchantPath: MALL, on: '2024-12-01' });
    const stream = { kind: 'credit', id };
    if (random.chance(0.3))
      step(
        'district',
        stream,
        { type: 'award-recorded', payload: { ...entry(), title: '示范', organ: '局' } },
        anyDay(),
      );
    if (random.chance(0.3))
      step(
        'district',
        stream,
        {
          type: 'penalty-recorded',
          payload: {
            ...entry(),
            class: random.pick(['minor', 'ordinary', 'serious']),
            number: '1号',
            organ: '局',
            text: '罚款',
          },
        },
        anyDay(),
      );
    if (random.chance(0.3))
      step(
        'district',
        stream,
        {
          type: 'price-patrol-recorded',
          payload: { ...entry(), items: 3, clear: random.pick([2, 3]), note: '' },
        },
        anyDay(),
      );
    if (random.chance(0.15))
      step(
        'district',
        stream,
        {
          type: 'listing-recorded',
          payload: {
            ...entry(),
            listing: random.pick(['severe', 'abnormal']),
            number: '2号',
            organ: '局',
            ground: '虚构',
          },
        },
        anyDay(),
      );
  }
  for (const who of ['mall', 'shop', 'circle', 'district'] as const) {
    const [device] = by(who);
    const { receipts } = await device.push(batches[who] ?? []);
    expect(receipts.filter(({ status }) => status !== 'accepted').map(({ refusal: why }) => why)).toEqual([]);
  }
}

it('fifty merchants come to the points and reasons that an independent script works out of the log', async () => {
  setting.centre.setNow(NOW);
  const merchants = Array.from({ length: 50 }, () => uuidv7());
  await invent(createRandom(14), merchants);
  await admin().gradeMerchants({});
  const { log, units } = await readLog(setting.centre.databaseUrl);
  const expected = gradeIndependently(log, units, '2026-11');
  const { rows } = await sql<{ id: string; points: number; grade: string | null }>`
    SELECT merchant_id AS id, points, grade FROM credit_grade ORDER BY 1`.execute(database());
  expect(rows).toHaveLength(50);
  expect(rows.map(({ id, points, grade }) => [id, points, grade])).toEqual(
    rows.map(({ id }) => [id, expected.get(id)?.points, expected.get(id)?.grade]),
  );
  const { rows: states } = await sql<{ id: string; state: string }>`
    SELECT id, state FROM stream WHERE kind = 'credit'`.execute(database());
  const published = states.flatMap(({ id, state }) => {
    const { grade } = JSON.parse(state) as CreditState;
    return grade === null ? [] : [{ id, reasons: grade.reasons.map(({ code, lost }) => [code, lost]) }];
  });
  expect(published.length).toBeGreaterThan(30);
  expect(published.map(({ reasons }) => reasons)).toEqual(
    published.map(({ id }) => expected.get(id)?.reasons),
  );
  // All grades occur, so that equal is not equal by chance.
  expect(new Set(rows.map(({ grade }) => grade)).size).toBeGreaterThanOrEqual(5);
  expect(await broken()).toEqual([]);
});
