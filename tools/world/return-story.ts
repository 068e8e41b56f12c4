import { shiftDay } from '../../src/domain/kernel/calendar/index.ts';
import { v5 } from './name-id.ts';
import { goodsName, personName, phoneNumber } from './names.ts';
import type { PlannedMerchant } from './plan.ts';
import { handleTask, type StoryParts, type Task } from './story.ts';

const DISPUTED = 0.25;

/** Days after which most disputes have come to an end. */
const RESOLVED_AFTER = 30;

/** The unit that took the return looks how its case has ended, and takes that over. */
function resolveTask(parts: StoryParts, path: string, returnId: string): Task {
  return {
    day: parts.dayNumber() + RESOLVED_AFTER,
    path,
    key: `resolve:${returnId}`,
    news: true,
    run: async (workstation) => {
      const { state, linkedCase, canResolve } = await workstation.api.returns.get({ id: returnId });
      if (!canResolve || !linkedCase?.end) return [];
      const { outcome, agreedFen } = linkedCase.end;
      await workstation.api.returns.resolve({
        id: returnId,
        revision: state.revision,
        caseId: linkedCase.id,
        outcome,
        agreedFen,
      });
      parts.truth.add(path, 'returns-resolved');
      return [];
    },
  };
}

/** A consumer brings goods back; it is granted or refused by the verdict, and some refusals become disputes. */
export function returnTask(
  parts: StoryParts,
  day: number,
  path: string,
  merchant: PlannedMerchant,
  index: number,
): Task {
  const key = `return:${index}`;
  const random = parts.random.branch(key);
  const returnId = v5(`${parts.seed}:${key}`);
  return {
    day,
    path,
    key,
    run: async (workstation) => {
      const { truth } = parts;
      const amountFen = random.whole(20, 2000) * 100;
      let detail = await workstation.api.returns.request({
        returnId,
        merchantId: merchant.id,
        consumer: { name: personName(random), phone: random.chance(0.7) ? phoneNumber(random) : null },
        request: {
          goodsCategory: merchant.trade,
          goodsName: goodsName(merchant.trade),
          purchasedOn: shiftDay(parts.today(), -random.whole(1, 12)),
          amountFen,
          condition: random.pick(['intact', 'intact', 'opened-for-inspection', 'tried-reasonably', 'used']),
          proofType: random.pick(['receipt', 'payment-record', 'order', 'none']),
          proofNumber: null,
          gift: 'none',
          giftPriceFen: null,
          confirmedUnsuitable: false,
        },
      });
      truth.add(path, 'returns-requested');
      const { revision } = detail.state;
      if (detail.state.verdict !== 'ineligible') {
        await workstation.api.returns.decide({
          id: returnId,
          revision,
          decision: {
            decision: 'grant',
            payload: { refundFen: amountFen, route: 'original', refundedOn: parts.today() },
          },
        });
        truth.add(path, 'returns-granted');
        truth.add(path, 'refunded-fen', amountFen);
        return [];
      }
      detail = await workstation.api.returns.decide({
        id: returnId,
        revision,
        decision: {
          decision: 'refuse',
          payload: { ground: 'condition', text: '【虚构示例】不符合承诺条件。' },
        },
      });
      truth.add(path, 'returns-refused');
      if (!random.chance(DISPUTED)) return [];
      const caseId = v5(`${parts.seed}:${key}:case`);
      await workstation.api.returns.dispute({
        id: returnId,
        revision: detail.state.revision,
        caseId,
        consumerPhone: phoneNumber(random),
        facts: '【虚构示例】消费者不同意拒绝退货，要求调解。',
      });
      truth.add(path, 'returns-disputed');
      truth.add(path, 'registered');
      return [handleTask(parts, path, caseId, amountFen, random), resolveTask(parts, path, returnId)];
    },
  };
}
