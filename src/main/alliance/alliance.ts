import type { AllianceAction } from '../../contract/workstation/alliance.ts';
import { allianceRulesOn } from '../../domain/alliance/index.ts';
import { command, noContext, requireSame, stepCommand } from '../kernel/command.ts';
import { serviceError } from '../kernel/errors.ts';
import { os } from '../kernel/implementer.ts';
import { todayOf } from '../kernel/parts.ts';
import { loadState } from '../kernel/store/index.ts';
import { checkCitizen } from './check.ts';
import { listShops, shopDetail } from './detail.ts';

const join = command({
  context: async (writer, _call, { merchantId }: { merchantId: string; eventId: string }) => {
    const merchant = await loadState(writer, 'merchant', merchantId);
    if (!merchant)
      throw serviceError('INPUT_INVALID', { issues: [{ field: 'merchantId', rule: 'merchant-missing' }] });
    return { merchantId, merchantPath: merchant.unitPath, merchantName: merchant.name };
  },
  decide: ({ merchantId, eventId }, payload) => ({
    facts: [
      {
        id: eventId,
        stream: { kind: 'alliance' as const, id: merchantId },
        type: 'alliance-joined',
        version: 1,
        payload,
      },
    ],
    result: undefined,
  }),
  once: {
    id: ({ eventId }) => ({ event: eventId }),
    again: ({ stream }, { merchantId }) => requireSame(stream.id, merchantId),
  },
});

type Act = { id: string; revision: number; eventId: string; action: AllianceAction };

/** A discount is known by the fact that offered it. */
const payloadOf = ({ eventId, action }: Act): Record<string, unknown> =>
  action.step === 'discount-offered' ? { ...action.payload, discountId: eventId } : action.payload;

const act = stepCommand('alliance', async (_writer, _call, acted: Act) => payloadOf(acted));

const use = command({
  context: noContext,
  decide: ({ checkId, eventId }: { checkId: string; eventId: string }) => ({
    facts: [
      {
        id: eventId,
        stream: { kind: 'alliance-check' as const, id: checkId },
        type: 'discount-used',
        version: 1,
        payload: {},
      },
    ],
    result: undefined,
  }),
  once: {
    id: ({ eventId }) => ({ event: eventId }),
    again: ({ stream, type }, { checkId }) => requireSame([stream.id, type], [checkId, 'discount-used']),
  },
});

export const alliance = {
  list: os.alliance.list.handler(async ({ context }) => ({
    shops: await listShops(context),
    rules: allianceRulesOn(todayOf(context.workstation)),
  })),
  get: os.alliance.get.handler(({ context, input }) => shopDetail(context, input.id)),
  join: os.alliance.join.handler(async ({ context, input }) => {
    await join(context, input);
    return shopDetail(context, input.merchantId);
  }),
  act: os.alliance.act.handler(async ({ context, input }) => {
    await act(context, input);
    return shopDetail(context, input.id);
  }),
  check: os.alliance.check.handler(({ context, input }) => checkCitizen(context, input)),
  use: os.alliance.use.handler(async ({ context, input }) => {
    const check = await loadState(context.workstation.store.read, 'alliance-check', input.checkId);
    if (!check) throw serviceError('NOT_FOUND');
    await use(context, input);
    return shopDetail(context, check.merchantId);
  }),
};
