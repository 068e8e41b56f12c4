import { ORPCError } from '@orpc/client';
import type { CaseAction, CaseDetail } from '../../src/contract/workstation/case.ts';
import { shiftDay } from '../../src/domain/kernel/calendar/index.ts';
import { ObjectCategory, type ProblemCategory } from '../../src/domain/case/codes.ts';
import { parentPath } from '../../src/domain/organisation/unit.ts';
import type { WorkstationHandle } from './workstation.ts';
import { v5 } from './name-id.ts';
import { complaint, personName, phoneNumber } from './names.ts';
import type { PlannedMerchant } from './plan.ts';
import type { Random } from './random.ts';
import type { Truth } from './truth.ts';

/**
 * One thing to do at a dispute point on a day. It may lead to more, there or further up, on later days;
 * `later` means that what it needs has not reached this workstation yet.
 */
export type Task = {
  day: number;
  path: string;
  key: string;
  /** What it works on comes from another workstation: this one has to fetch first. */
  news?: boolean;
  run: (workstation: WorkstationHandle) => Promise<Task[] | 'later'>;
};

export type StoryParts = {
  truth: Truth;
  random: Random;
  seed: number;
  /** The simulated day, `YYYY-MM-DD`, and its number from the start. */
  today: () => string;
  dayNumber: () => number;
  /** The level of a unit, 1 lowest, and whether it is the regulator's. */
  levelOf: (path: string) => number;
  isRegulator: (path: string) => boolean;
};

/** How disputes go at levels 1 to 4: chosen so that about 86 of 100 end settled, as in the seed article. */
const SETTLED = [0.3, 0.68, 0.6, 0.55];
const WITHDRAWN = 0.03;
const REFUSED = 0.02;
const BROKEN = 0.03;

const PROBLEMS: readonly ProblemCategory[] = [
  'quality',
  'after-sales',
  'price',
  'advertising',
  'contract',
  'misrepresentation',
];

type Act = (action: CaseAction) => Promise<CaseDetail>;

/** A dispute comes to a workstation and is registered; what follows is decided as it goes. */
export function disputeTask(
  parts: StoryParts,
  day: number,
  path: string,
  merchant: PlannedMerchant,
  index: number,
): Task {
  const key = `case:${index}`;
  const random = parts.random.branch(key);
  const caseId = v5(`${parts.seed}:${key}`);
  return {
    day,
    path,
    key,
    run: async (workstation) => {
      const amountFen = random.whole(30, 5000) * 100;
      await workstation.api.cases.register({
        caseId,
        consumer: { name: personName(random), phone: phoneNumber(random) },
        merchant: { merchantId: merchant.id, name: merchant.name, phone: merchant.phone },
        facts: {
          text: complaint(random, merchant.trade),
          occurredOn: shiftDay(parts.today(), -random.whole(0, 20)),
        },
        category: {
          object: ObjectCategory.safeParse(merchant.trade).data ?? 'other-goods',
          problem: random.pick(PROBLEMS),
        },
        amountFen,
        claims: ['refund'],
        consents: { publication: false, delegatedMediation: true },
        source: random.pick(['walk-in', 'phone', 'walk-in']),
        returnId: null,
      });
      parts.truth.add(path, 'registered');
      return [handleTask(parts, path, caseId, amountFen, random)];
    },
  };
}

/** The case as this workstation sees it, or null while it has not arrived. */
async function inSight(workstation: WorkstationHandle, caseId: string): Promise<CaseDetail | null> {
  try {
    return await workstation.api.cases.get({ id: caseId });
  } catch (error) {
    if (error instanceof ORPCError && error.code === 'NOT_FOUND') return null;
    throw error;
  }
}

/** The handling unit takes the case up: refuses, loses, settles, or fails and sends it up. */
export function handleTask(
  parts: StoryParts,
  path: string,
  caseId: string,
  amountFen: number,
  random: Random,
): Task {
  const draw = random.branch(`handle:${path}`);
  const { truth } = parts;
  return {
    // A regulator has seven working days to decide on acceptance, and uses them.
    day: parts.dayNumber() + draw.whole(0, parts.isRegulator(path) ? 9 : 3),
    path,
    key: `handle:${caseId}:${path}`,
    run: async (workstation) => {
      let detail = await inSight(workstation, caseId);
      if (detail === null || detail.state.handlingPath !== path) return 'later';
      const act: Act = async (action) => {
        detail = await workstation.api.cases.act({
          id: caseId,
          revision: detail?.state.revision ?? 0,
          action,
        });
        return detail;
      };
      if (detail.state.escalations.length === 0 && draw.chance(REFUSED)) {
        await act({
          step: 'case-refused',
          payload: { ground: 'not-consumption-or-unproven', text: '【虚构示例】无法证明交易。' },
        });
        truth.add(path, 'refused');
        return [closeTask(parts, path, caseId, draw)];
      }
      await act({ step: 'case-accepted', payload: {} });
      truth.add(path, 'accepted');
      if (draw.chance(WITHDRAWN)) {
        await act({ step: 'case-withdrawn', payload: { reason: '【虚构示例】消费者撤回。' } });
        truth.add(path, 'withdrawn');
        truth.add(path, 'concluded');
        return [closeTask(parts, path, caseId, draw)];
      }
      await act({
        step: 'session-recorded',
        payload: {
          heldOn: parts.today(),
          place: '调解室',
          attendance: 'both',
          record: '【虚构示例】双方陈述，核对凭证。',
          proposalFen: Math.round(amountFen / 2),
        },
      });
      if (draw.chance(SETTLED[parts.levelOf(path) - 1] ?? 0.5)) {
        return settle(parts, path, caseId, amountFen, draw, act, detail.state.escalations.length > 0);
      }
      await act({ step: 'mediation-failed', payload: { reason: '【虚构示例】双方差距过大。' } });
      truth.add(path, 'mediation-failed');
      return escalateOrEnd(parts, path, caseId, amountFen, draw, act);
    },
  };
}

async function settle(
  parts: StoryParts,
  path: string,
  caseId: string,
  amountFen: number,
  draw: Random,
  act: Act,
  escalated: boolean,
): Promise<Task[]> {
  const { truth } = parts;
  const paid = Math.round((amountFen * draw.whole(40, 100)) / 100);
  const atOnce = draw.chance(0.5);
  await act({
    step: 'case-settled',
    payload: {
      instrument: parts.isRegulator(path) ? 'administrative-mediation' : 'settlement-agreement',
      terms: '【虚构示例】商户向消费者退款，双方再无争议。',
      amountFen: paid,
      performance: atOnce
        ? { kind: 'at-once' }
        : { kind: 'by', dueOn: shiftDay(parts.today(), draw.whole(2, 10)), manner: '原路退回' },
    },
  });
  truth.add(path, 'settled');
  truth.add(path, 'concluded');
  truth.add(path, 'recovered-fen', paid);
  if (!escalated && parts.levelOf(path) <= 2) truth.add(path, 'settled-at-source');
  if (atOnce) {
    truth.add(path, 'performed');
    return [closeTask(parts, path, caseId, draw)];
  }
  return [performTask(parts, path, caseId, draw)];
}

async function escalateOrEnd(
  parts: StoryParts,
  path: string,
  caseId: string,
  amountFen: number,
  draw: Random,
  act: Act,
): Promise<Task[]> {
  const { truth } = parts;
  const above = parentPath(path);
  // Below the regulator nearly everyone goes on; some give up.
  if (above === null || draw.chance(0.08)) return [closeTask(parts, path, caseId, draw, true)];
  await act({ step: 'case-escalated', payload: { toPath: above, reason: '【虚构示例】本级调解未成。' } });
  truth.add(path, 'escalated-out');
  truth.add(above, 'escalated-in');
  if (parts.isRegulator(above)) truth.add(above, 'reached-regulator');
  return [{ ...handleTask(parts, above, caseId, amountFen, draw), news: true }];
}

function performTask(parts: StoryParts, path: string, caseId: string, random: Random): Task {
  const draw = random.branch('perform');
  return {
    day: parts.dayNumber() + draw.whole(2, 9),
    path,
    key: `perform:${caseId}`,
    run: async (workstation) => {
      const detail = await inSight(workstation, caseId);
      if (detail === null) return 'later';
      const broken = draw.chance(BROKEN);
      await workstation.api.cases.act({
        id: caseId,
        revision: detail.state.revision,
        action: {
          step: 'performance-recorded',
          payload: { result: broken ? 'broken' : 'kept', on: parts.today() },
        },
      });
      parts.truth.add(path, broken ? 'broken' : 'performed');
      return [closeTask(parts, path, caseId, draw)];
    },
  };
}

function closeTask(parts: StoryParts, path: string, caseId: string, random: Random, failed = false): Task {
  const draw = random.branch('close');
  return {
    day: parts.dayNumber() + draw.whole(0, 2),
    path,
    key: `close:${caseId}`,
    run: async (workstation) => {
      const detail = await inSight(workstation, caseId);
      if (detail === null) return 'later';
      const satisfaction = failed
        ? 'dissatisfied'
        : draw.pick(['satisfied', 'satisfied', 'satisfied', 'unknown'] as const);
      await workstation.api.cases.act({
        id: caseId,
        revision: detail.state.revision,
        action: { step: 'case-closed', payload: { satisfaction } },
      });
      const { truth } = parts;
      truth.add(path, 'closed');
      if (failed) {
        truth.add(path, 'ended-failed');
        truth.add(path, 'concluded');
      }
      if (satisfaction !== 'unknown') truth.add(path, satisfaction);
      return [];
    },
  };
}
