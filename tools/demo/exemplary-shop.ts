import { uuidv7 } from 'uuidv7';
import type { CaseAction, CaseDetail } from '../../src/contract/workstation/case.ts';
import type { CreditFact } from '../../src/contract/workstation/credit.ts';
import type { FundAction } from '../../src/contract/workstation/fund.ts';
import { shiftDay } from '../../src/domain/kernel/calendar/index.ts';
import { goodsName, personName, phoneNumber } from '../world/names.ts';
import type { Plan, PlannedMerchant } from '../world/plan.ts';
import type { Random } from '../world/random.ts';
import type { StoryParts, Task } from '../world/story.ts';
import { DEMO_PASSWORD, type WorkstationHandle } from '../world/workstation.ts';

/** Of two others the district records that they are on a list, which bars the better grades. */
const LISTED = ['severe', 'abnormal'] as const;

/** Who asks for advances at a circle, so that its supervisor may approve them. */
export const FUND_CLERK = 'demo-fund-clerk';

/** How many returns the shop refuses that its promise covers, and how many it grants once it has learnt. */
const REFUSED = 5;
const GRANTED = 22;
const FIRST_REFUSED = 10;
const FIRST_GRANTED = 130;
/** The day before the demonstration opens: what waits at the shop then. */
const LAST_DAY = 364;

/** The shop whose year is told, another of the same mall that stands by the same promise, and who is above them. */
type Cast = {
  shop: PlannedMerchant;
  sister: PlannedMerchant;
  mall: string;
  circle: string;
  district: string;
};

/** Whose year it is. @throws Error where no mall has two shops with workstations of their own */
export function castOf({ merchants, districtPath }: Plan): Cast {
  const shops = merchants.filter(({ unitPath, workstationPath }) => unitPath !== workstationPath);
  const [shop] = shops;
  const sister = shops.find((one) => one !== shop && one.workstationPath === shop?.workstationPath);
  if (!shop || !sister) throw new Error('No mall with two shops');
  const mall = shop.workstationPath;
  return { shop, sister, mall, circle: mall.slice(0, mall.lastIndexOf('/')), district: districtPath };
}

/**
 * The loop closed for one shop: it refuses returns that its promise covers, each becomes a case that is settled above it and comes
 * back to the return; its grade falls, it is told so and answers, promises more together with another shop, grants what it
 * promises, is commended, and its grade rises. Beside it a circle's fund pays first, and a policy of insurance its part. Every fact is recorded
 * by the commands of the workstation where it happens. All of it is invented.
 */
export function exemplaryShop(
  plan: Plan,
  parts: StoryParts,
): { tasks: Task[]; promising: ReadonlySet<PlannedMerchant> } {
  const cast = castOf(plan);
  const random = parts.random.branch('exemplary');
  const at = (
    day: number,
    path: string,
    key: string,
    run: (workstation: WorkstationHandle) => Promise<Task[] | 'later' | void>,
  ): Task => ({
    day,
    path,
    key: `exemplary:${key}`,
    news: true,
    run: async (workstation) => (await run(workstation)) ?? [],
  });
  const story: Story = { cast, parts, random, at };
  const tasks = [
    ...Array.from({ length: REFUSED }, (_, index) => refusedReturn(story, FIRST_REFUSED + index * 8, index)),
    ...Array.from({ length: GRANTED }, (_, index) => grantedReturn(story, FIRST_GRANTED + index * 9, index)),
    toldAndAnswered(story),
    sharedPromise(story),
    returnFromSister(story),
    at(240, cast.district, 'award', (district) =>
      recordCredit(district, cast.shop, {
        type: 'award-recorded',
        payload: {
          entryId: cast.shop.id,
          merchantPath: cast.shop.unitPath,
          title: '放心消费示范店（虚构）',
          organ: '海曙区消费者权益保护委员会（虚构）',
          on: parts.today(),
        },
      }),
    ),
    at(300, cast.mall, 'prices', (mall) =>
      recordCredit(mall, cast.shop, {
        type: 'price-patrol-recorded',
        payload: {
          entryId: cast.shop.id,
          merchantPath: cast.shop.unitPath,
          items: 12,
          clear: 12,
          on: parts.today(),
          note: '',
        },
      }),
    ),
    ...fundOf(story),
    ...insuranceOf(story),
    at(LAST_DAY, cast.shop.unitPath, 'waiting', async (shop) => {
      await requestReturn(story, shop, cast.shop);
      await registerDispute(story, shop, uuidv7(), 26_800, '【虚构示例】戒指镀层脱落，店员称不属质量问题。');
    }),
    ...LISTED.map((listing, index) => listed(story, plan.merchants.at(-1 - index) ?? cast.sister, listing)),
  ];
  return { tasks, promising: new Set([cast.shop, cast.sister]) };
}

type Story = {
  cast: Cast;
  parts: StoryParts;
  random: Random;
  at(
    day: number,
    path: string,
    key: string,
    run: (workstation: WorkstationHandle) => Promise<Task[] | 'later' | void>,
  ): Task;
};

async function requestReturn(
  { parts, random }: Story,
  { api }: WorkstationHandle,
  merchant: PlannedMerchant,
  purchasedAt?: string,
): Promise<{ id: string; amountFen: number }> {
  const id = uuidv7();
  const amountFen = random.whole(100, 900) * 100;
  await api.returns.request({
    returnId: id,
    merchantId: merchant.id,
    ...(purchasedAt === undefined ? {} : { purchasedAt }),
    consumer: { name: personName(random), phone: phoneNumber(random) },
    request: {
      goodsCategory: merchant.trade,
      goodsName: goodsName(merchant.trade),
      purchasedOn: shiftDay(parts.today(), -2),
      amountFen,
      condition: 'intact',
      proofType: 'receipt',
      proofNumber: null,
      gift: 'none',
      giftPriceFen: null,
      confirmedUnsuitable: false,
    },
  });
  return { id, amountFen };
}

async function registerDispute(
  { cast: { shop }, parts, random }: Story,
  { api }: WorkstationHandle,
  caseId: string,
  amountFen: number,
  text: string,
): Promise<void> {
  await api.cases.register({
    caseId,
    consumer: { name: personName(random), phone: phoneNumber(random) },
    merchant: { merchantId: shop.id, name: shop.name, phone: shop.phone },
    facts: { text, occurredOn: shiftDay(parts.today(), -5) },
    category: { object: 'other-goods', problem: 'contract' },
    amountFen,
    claims: ['refund'],
    consents: { publication: false, delegatedMediation: true },
    source: 'walk-in',
    returnId: null,
  });
}

/** Refused against the promise: a case, which the mall settles, and whose end comes back to the return. */
function refusedReturn(story: Story, day: number, index: number): Task {
  const { cast, parts, random, at } = story;
  return at(day, cast.shop.unitPath, `refused:${index}`, async (shop) => {
    const { id, amountFen } = await requestReturn(story, shop, cast.shop);
    await shop.api.returns.decide({
      id,
      revision: 1,
      decision: {
        decision: 'refuse',
        payload: { ground: 'condition', text: '【虚构示例】店员称包装已拆。' },
      },
    });
    const caseId = uuidv7();
    await shop.api.returns.dispute({
      id,
      revision: 2,
      caseId,
      consumerPhone: phoneNumber(random),
      facts: '【虚构示例】商品完好，仍在承诺期内，店铺拒绝退货。',
    });
    await act(shop, caseId, { step: 'case-accepted', payload: {} });
    await act(shop, caseId, {
      step: 'mediation-failed',
      payload: { reason: '【虚构示例】店铺不同意退货。' },
    });
    await act(shop, caseId, {
      step: 'case-escalated',
      payload: { toPath: cast.mall, reason: '【虚构示例】店内未能解决。' },
    });
    return [
      at(parts.dayNumber() + 2, cast.mall, `settled:${index}`, async (mall) => {
        if ((await seen(mall, caseId))?.state.handlingPath !== cast.mall) return 'later';
        await act(mall, caseId, { step: 'case-accepted', payload: {} });
        await act(mall, caseId, {
          step: 'case-settled',
          payload: {
            instrument: 'settlement-agreement',
            terms: '【虚构示例】店铺按承诺退货退款。',
            amountFen,
            performance: { kind: 'at-once' },
          },
        });
        await act(mall, caseId, { step: 'case-closed', payload: { satisfaction: 'satisfied' } });
        return [];
      }),
      at(parts.dayNumber() + 14, cast.shop.unitPath, `resolved:${index}`, async ({ api }) => {
        const { state, linkedCase, canResolve } = await api.returns.get({ id });
        if (!canResolve || !linkedCase?.end) return 'later';
        await api.returns.resolve({ id, revision: state.revision, caseId, ...linkedCase.end });
        return [];
      }),
    ];
  });
}

function grantedReturn(story: Story, day: number, index: number): Task {
  const { cast, at } = story;
  return at(day, cast.shop.unitPath, `granted:${index}`, async (shop) => {
    await grant(story, shop, await requestReturn(story, shop, cast.shop));
  });
}

async function grant(
  { parts }: Story,
  { api }: WorkstationHandle,
  { id, amountFen }: { id: string; amountFen: number },
): Promise<void> {
  await api.returns.decide({
    id,
    revision: 1,
    decision: {
      decision: 'grant',
      payload: { refundFen: amountFen, route: 'original', refundedOn: parts.today() },
    },
  });
}

/** As soon as a grade has arrived, the mall tells the shop, and the shop's answer stands beside it. */
function toldAndAnswered({ cast, parts, at }: Story): Task {
  return at(60, cast.mall, 'told', async (mall) => {
    const grade = (await mall.api.credits.get({ id: cast.shop.id })).state?.grade;
    if (!grade) return 'later';
    await recordCredit(mall, cast.shop, {
      type: 'notice-given',
      payload: { month: grade.month, manner: 'paper', on: parts.today() },
    });
    return [
      at(parts.dayNumber() + 2, cast.shop.unitPath, 'answered', (shop) =>
        recordCredit(shop, cast.shop, {
          type: 'reply-given',
          payload: { text: '我店已培训店员，承诺期内完好商品一律退货。（虚构）' },
        }),
      ),
    ];
  });
}

/** One promise for two shops: who sees both proposes it, and somebody else confirms it. */
function sharedPromise({ cast, parts, at }: Story): Task {
  const { shop, sister, mall, circle } = cast;
  return at(112, mall, 'promise', async ({ api }) => {
    const shops = [shop, sister].map(({ id, name, unitPath }) => ({ merchantId: id, name, unitPath }));
    const tasks: Task[] = [];
    for (const { id } of [shop, sister]) {
      const { state } = await api.merchants.get({ id });
      const { state: proposed } = await api.merchants.propose({
        id,
        revision: state.revision,
        commitment: {
          windowDays: 30,
          startRule: 'day-after',
          goods: null,
          excludedGoods: [],
          conditions: null,
          giftRule: 'returned',
          freightRule: 'consumer',
          group: { name: '虚构连锁', shops },
          effectiveFrom: parts.today(),
          note: null,
        },
      });
      const commitmentId =
        proposed.proposals?.findLast(({ standing }) => standing === 'open')?.commitmentId ?? '';
      tasks.push(
        at(parts.dayNumber() + 2, circle, `confirmed:${id}`, async (above) => {
          const known = (await above.api.merchants.get({ id })).state;
          if (!known.proposals?.some((one) => one.commitmentId === commitmentId)) return 'later';
          await above.api.merchants.confirmProposal({
            id,
            revision: known.revision,
            commitmentId,
            effectiveFrom: parts.today(),
          });
          return [];
        }),
      );
    }
    return tasks;
  });
}

/** Bought at the other shop, taken back here; what the other owes is settled. */
function returnFromSister(story: Story): Task {
  const { cast, parts, at } = story;
  return at(150, cast.shop.unitPath, 'sister', async (shop) => {
    const back = await requestReturn(story, shop, cast.shop, cast.sister.id);
    await grant(story, shop, back);
    return [
      at(parts.dayNumber() + 7, cast.shop.unitPath, 'sister-paid', async ({ api }) => {
        const { state } = await api.returns.get({ id: back.id });
        await api.returns.settle({
          id: back.id,
          revision: state.revision,
          paidOn: parts.today(),
          reference: '转账 2026-0001（虚构）',
        });
      }),
    ];
  });
}

/** A circle's fund: money that always stays, a payment in, and an advance that two others approve and the shop pays back. */
function fundOf(story: Story): Task[] {
  const { cast, parts, at } = story;
  const { circle, district } = cast;
  const fundId = uuidv7();
  const caseId = uuidv7();
  const amountFen = 86_000;
  const on = parts.today;
  const clerk = async <Result>(
    { api, point }: WorkstationHandle,
    work: () => Promise<Result>,
  ): Promise<Result> => {
    await api.session.signIn({ staffId: FUND_CLERK, password: DEMO_PASSWORD });
    return work().finally(() => api.session.signIn({ staffId: point.staff.id, password: DEMO_PASSWORD }));
  };
  const step = async ({ api }: WorkstationHandle, action: FundAction): Promise<void> => {
    const { state } = await api.funds.get({ id: fundId });
    await api.funds.act({ id: fundId, revision: state.revision, eventId: uuidv7(), action });
  };
  const advanceOf = async ({ api }: WorkstationHandle): Promise<string | null> =>
    (await api.funds.list()).funds.some(({ id }) => id === fundId)
      ? ((await api.funds.get({ id: fundId })).advances.at(-1)?.advanceId ?? null)
      : null;
  return [
    at(3, circle, 'fund', async (workstation) => {
      await workstation.api.funds.open({
        fundId,
        name: '先行赔付金（虚构）',
        unitPath: circle,
        floorFen: 2_000_000,
      });
      await step(workstation, {
        step: 'fund-deposited',
        payload: { fen: 10_000_000, payer: '商圈经营者（虚构）', on: on() },
      });
    }),
    at(180, circle, 'advance', (workstation) =>
      clerk(workstation, async () => {
        await registerDispute(
          story,
          workstation,
          caseId,
          amountFen,
          '【虚构示例】店铺装修停业，预付款无人退还。',
        );
        await step(workstation, {
          step: 'advance-requested',
          payload: { caseId, fen: amountFen, finding: '【虚构示例】凭证齐全，店铺一时无法退款。' },
        });
        return [
          at(parts.dayNumber() + 1, circle, 'advance-approved', async (own) => {
            const advanceId = (await advanceOf(own)) ?? '';
            await step(own, { step: 'advance-approved', payload: { advanceId } });
            return [
              at(parts.dayNumber() + 2, district, 'advance-approved-above', async (above) => {
                const waiting = await advanceOf(above);
                if (waiting === null) return 'later';
                await step(above, { step: 'advance-approved', payload: { advanceId: waiting } });
                return [
                  at(parts.dayNumber() + 4, circle, 'advance-paid', async (payer) => {
                    const recoverBy = shiftDay(on(), 30);
                    await step(payer, { step: 'advance-paid', payload: { advanceId, on: on(), recoverBy } });
                  }),
                  at(parts.dayNumber() + 24, circle, 'advance-recovered', (payer) =>
                    step(payer, {
                      step: 'advance-recovered',
                      payload: { advanceId, fen: amountFen, on: on() },
                    }),
                  ),
                ];
              }),
            ];
          }),
          at(parts.dayNumber() + 12, circle, 'advance-case', async (own) => {
            await act(own, caseId, { step: 'case-accepted', payload: {} });
            await act(own, caseId, {
              step: 'case-settled',
              payload: {
                instrument: 'settlement-agreement',
                terms: '【虚构示例】商圈先行赔付，店铺偿还。',
                amountFen,
                performance: { kind: 'at-once' },
              },
            });
            await act(own, caseId, { step: 'case-closed', payload: { satisfaction: 'satisfied' } });
          }),
        ];
      }),
    ),
  ];
}

/** A mall's policy of return insurance, by the terms of the first one in Ningbo, and one claim. */
function insuranceOf(story: Story): Task[] {
  const { cast, parts, at } = story;
  const policyId = uuidv7();
  return [
    at(4, cast.mall, 'policy', async ({ api }) => {
      await api.funds.takePolicy({
        policyId,
        number: 'NB-2026-0001（虚构）',
        insurer: '虚构财产保险',
        unitPath: cast.mall,
        from: parts.today(),
        to: shiftDay(parts.today(), 364),
        sumFen: 20_000_000,
        premiumFen: 600_000,
        ratePerMille: 100,
        perCaseFen: 50_000,
        merchantIds: null,
        goods: null,
      });
    }),
    at(200, cast.mall, 'claim', async ({ api }) => {
      const granted = { status: ['granted' as const], merchantId: cast.shop.id };
      const [back] = (await api.returns.list({ limit: 1, filter: granted })).items;
      if (!back) return 'later';
      const { state } = await api.funds.policy({ id: policyId });
      await api.funds.claim({
        id: policyId,
        revision: state.revision,
        eventId: uuidv7(),
        action: { step: 'claim-filed', payload: { returnId: back.id, on: parts.today() } },
      });
      return [];
    }),
  ];
}

function listed(
  { cast, parts, at }: Story,
  merchant: PlannedMerchant,
  listing: (typeof LISTED)[number],
): Task {
  return at(90, cast.district, `listed:${listing}`, (district) =>
    recordCredit(district, merchant, {
      type: 'listing-recorded',
      payload: {
        entryId: merchant.id,
        merchantPath: merchant.unitPath,
        listing,
        number: '甬海市监〔2026〕1 号（虚构）',
        organ: '海曙区市场监督管理局（虚构）',
        on: parts.today(),
        ground: '【虚构示例】',
      },
    }),
  );
}

async function recordCredit(
  { api }: WorkstationHandle,
  { id }: PlannedMerchant,
  fact: CreditFact,
): Promise<void> {
  const { state } = await api.credits.get({ id });
  await api.credits.record({ id, revision: state?.revision ?? 0, eventId: uuidv7(), fact });
}

async function seen({ api }: WorkstationHandle, id: string): Promise<CaseDetail | null> {
  return api.cases.get({ id }).catch(() => null);
}

async function act({ api }: WorkstationHandle, id: string, action: CaseAction): Promise<void> {
  const { state } = await api.cases.get({ id });
  await api.cases.act({ id, revision: state.revision, action });
}
