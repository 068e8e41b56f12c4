import { hash } from 'node:crypto';
import { uuidv7 } from 'uuidv7';
import type { AllianceAction } from '../../src/contract/workstation/alliance.ts';
import type { CharityAction } from '../../src/contract/workstation/charity.ts';
import { businessDay, shiftDay } from '../../src/domain/kernel/calendar/index.ts';
import { residentIdCheckDigit } from '../../src/domain/kernel/text/index.ts';
import type { PlannedMerchant } from '../world/plan.ts';
import { DEMO_PASSWORD, type WorkstationHandle } from '../world/workstation.ts';
import type { World } from '../world/world.ts';
import { castOf, FUND_CLERK } from './exemplary-shop.ts';

/** An invented citizen, born long enough ago that nobody bears the number. */
const STEM = '33020318990101001';
const CITIZEN = `${STEM}${residentIdCheckDigit(STEM)}`;

const DONATIONS: readonly { fen: number; name: string | null }[] = [
  { fen: 2_000_000, name: '虚构百货有限公司' },
  { fen: 500_000, name: null },
  { fen: 80_000, name: '陈虚构' },
];
const ASKED_FEN = 600_000;

type Offer = Extract<AllianceAction, { step: 'discount-offered' }>['payload'];

async function join({ api }: WorkstationHandle, { id }: PlannedMerchant, offer: Offer): Promise<string> {
  const { state } = await api.alliance.join({ merchantId: id, eventId: uuidv7() });
  const eventId = uuidv7();
  const action = { step: 'discount-offered' as const, payload: offer };
  await api.alliance.act({ id, revision: state.revision, eventId, action });
  return eventId;
}

async function sync(...all: WorkstationHandle[]): Promise<void> {
  for (const { running } of all) await running.parts.sync.run();
}

/**
 * Two shops of the alliance with a discount each, a citizen who qualifies and uses one of them; and a circle's Love Fund with three
 * donations, of which one is anonymous, and a payout that two people approved. All of it is invented.
 */
export async function allianceStory({ plan, workstations, admin }: World): Promise<void> {
  const { shop, sister, mall, circle, district } = castOf(plan);
  const at = (path: string): WorkstationHandle => {
    const found = workstations.get(path);
    if (!found) throw new Error(`No workstation at ${path}`);
    return found;
  };
  const today = businessDay(new Date().toISOString());
  const period = { from: today, until: shiftDay(today, 89) };
  const own = at(shop.unitPath);
  const off = { kind: 'amount' as const, fen: 1_000, overFen: 10_000 };
  await join(at(mall), sister, { what: '【虚构示例】全场商品', off, ...period, level: 0 });
  const discountId = await join(own, shop, {
    what: '【虚构示例】当季商品',
    off: { kind: 'percent', percent: 12 },
    ...period,
    level: 1,
  });
  await sync(own, at(mall));
  await admin.admin.importStanding({
    unitPath: district,
    importId: crypto.randomUUID(),
    asOf: today,
    citizens: [{ citizen: hash('sha256', CITIZEN), level: 2 }],
    complete: true,
  });
  await own.api.alliance.check({
    id: shop.id,
    checkId: uuidv7(),
    discountId,
    citizenId: CITIZEN,
    consented: true,
  });
  await sync(own);
  const [check] = (await own.api.alliance.get({ id: shop.id })).checks;
  if (check?.canUse) await own.api.alliance.use({ checkId: check.id, eventId: uuidv7() });
  await sync(own);
  await loveFund({ at, circle, district, today });
}

async function loveFund({
  at,
  circle,
  district,
  today,
}: {
  at: (path: string) => WorkstationHandle;
  circle: string;
  district: string;
  today: string;
}): Promise<void> {
  const [desk, above] = [at(circle), at(district)];
  const id = crypto.randomUUID();
  const act = async (action: CharityAction): Promise<void> => {
    const { state } = await desk.api.charity.get({ id });
    await desk.api.charity.act({ id, revision: state.revision, eventId: uuidv7(), action });
  };
  await desk.api.charity.open({ charityId: id, name: '天一爱心基金（虚构）', unitPath: circle });
  for (const { fen, name } of DONATIONS)
    await act({
      step: 'donation-received',
      payload: { fen, donor: { anonymous: name === null, name }, on: today },
    });
  // Whoever takes the application down does not approve it.
  const clerk = desk.running.connect().api;
  await clerk.session.signIn({ staffId: FUND_CLERK, password: DEMO_PASSWORD });
  const applicationId = crypto.randomUUID();
  await clerk.charity.apply({
    id,
    applicationId,
    application: {
      applicant: { name: '赵虚构', phone: '10012345678', group: 'rider', platform: '虚构外卖' },
      need: 'accident',
      story: '【虚构示例】送餐途中摔伤，住院两周',
      fen: ASKED_FEN,
      documents: ['identity', 'work-proof', 'medical'],
    },
  });
  await sync(desk, above);
  for (const one of [desk, above]) {
    const found = (await one.api.charity.get({ id })).applications.find((of) => of.id === applicationId);
    await one.api.charity.decide({
      id: applicationId,
      revision: found?.revision ?? 1,
      eventId: uuidv7(),
      decision: { step: 'charity-approved' },
    });
    await sync(desk, above, desk);
  }
  await act({ step: 'charity-paid', payload: { applicationId, fen: ASKED_FEN, on: today } });
  await sync(desk, above);
}
