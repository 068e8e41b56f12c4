import type { PlannedMerchant } from './plan.ts';
import type { StoryParts, Task } from './story.ts';

/** Days that a shop adds to what the roster said. */
const LONGER_BY = 8;
const CONFIRMED_AFTER = 2;

/** A shop with a workstation of its own promises more than the roster said, and its mall confirms that. */
export function promiseTask(parts: StoryParts, day: number, merchant: PlannedMerchant): Task {
  return {
    day,
    path: merchant.unitPath,
    key: `promise:${merchant.id}`,
    run: async (workstation) => {
      const { state } = await workstation.api.merchants.get({ id: merchant.id });
      await workstation.api.merchants.propose({
        id: merchant.id,
        revision: state.revision,
        commitment: {
          windowDays: merchant.windowDays + LONGER_BY,
          startRule: 'day-after',
          goods: null,
          // No less than the roster said, so that it holds from the day on which it is confirmed.
          excludedGoods: [],
          conditions: null,
          giftRule: 'charged',
          freightRule: 'consumer',
          group: null,
          effectiveFrom: parts.today(),
          note: null,
        },
      });
      return [confirmTask(parts, merchant)];
    },
  };
}

function confirmTask(parts: StoryParts, merchant: PlannedMerchant): Task {
  return {
    day: parts.dayNumber() + CONFIRMED_AFTER,
    path: merchant.workstationPath,
    key: `promise-confirmed:${merchant.id}`,
    news: true,
    run: async (workstation) => {
      const { state } = await workstation.api.merchants.get({ id: merchant.id });
      const waiting = state.proposals?.find(({ standing }) => standing === 'open');
      if (!waiting) return 'later';
      await workstation.api.merchants.confirmProposal({
        id: merchant.id,
        revision: state.revision,
        commitmentId: waiting.commitmentId,
        effectiveFrom: parts.today(),
      });
      return [];
    },
  };
}
