import type { PatrolStreet, StorefrontAction, Visit } from '../../contract/workstation/street.ts';
import { checklistOn, faultOfVisit, scoreOf, type StorefrontState } from '../../domain/street/index.ts';
import { command, noContext, requireSame } from '../kernel/command.ts';
import { serviceError } from '../kernel/errors.ts';
import { todayOf } from '../kernel/parts.ts';
import { loadState, type NewFact, RuleRefused, type Writer } from '../kernel/store/index.ts';
import { loadStates } from '../kernel/store/streams.ts';

type Open = { streetId: string; name: string; unitPath: string };

/** Opens a street. */
export const openStreet = command({
  context: noContext,
  decide: ({ streetId, ...payload }: Open) => ({
    facts: [{ stream: { kind: 'street', id: streetId }, type: 'street-opened', version: 1, payload }],
    result: undefined,
  }),
  once: {
    id: ({ streetId }) => ({ stream: { kind: 'street', id: streetId } }),
    again: ({ payload }, { streetId: _id, ...typed }) => requireSame(payload, typed),
  },
});

type Join = { eventId: string; streetId: string; merchantId: string };

/** Puts a shop on a street. */
export const joinStreet = command({
  context: async (writer, _call, { streetId, merchantId }: Join) => {
    const [street, merchant] = await Promise.all([
      loadState(writer, 'street', streetId),
      loadState(writer, 'merchant', merchantId),
    ]);
    if (!street) throw serviceError('NOT_FOUND');
    if (!merchant)
      throw serviceError('INPUT_INVALID', { issues: [{ field: 'merchantId', rule: 'merchant-missing' }] });
    return { streetName: street.name, merchantName: merchant.name, merchantPath: merchant.unitPath };
  },
  decide: ({ eventId, streetId, merchantId }, names) => ({
    facts: [
      {
        id: eventId,
        stream: { kind: 'storefront', id: merchantId },
        type: 'shop-joined',
        version: 1,
        payload: { streetId, ...names },
      },
    ],
    result: undefined,
  }),
  once: {
    id: ({ eventId }) => ({ event: eventId }),
    again: ({ stream, payload }, { streetId, merchantId }) =>
      requireSame([stream.id, Object(payload).streetId], [merchantId, streetId]),
  },
});

/** The shops that a patrol names, each looked at by its rules beforehand, so that a fault is told with its place in the form. */
async function visitedShops(
  writer: Writer,
  { patrolId, streetId, on, shops }: PatrolStreet,
  today: string,
): Promise<{ checklist: number; paths: string[] }> {
  if (shops.length === 0) throw new RuleRefused({ rule: 'patrol-no-shop', field: 'shops' });
  if (on > today) throw new RuleRefused({ rule: 'date-in-future', field: 'on' });
  const checklist = checklistOn(on)?.version ?? 0;
  const keys = shops.map(({ merchantId }) => ({ kind: 'storefront', id: merchantId }));
  const states = await loadStates(writer, keys);
  const paths = shops.map((shop, place) => {
    const found = states.get(`storefront:${shop.merchantId}`);
    // Looked up under its own kind just above.
    const state = found?.state as StorefrontState | undefined;
    const fault =
      state === undefined || state.left !== null
        ? { rule: 'street-shop-missing', field: 'merchantId' }
        : faultOfVisit(state, { ...payloadOf(shop), patrolId, streetId, on, checklist }, today);
    if (fault || !state) {
      const { field, ...rest } = fault ?? { rule: 'street-shop-missing' };
      // Of the whole walk, not of one shop.
      const own = field === 'on' || field === 'checklist';
      throw new RuleRefused({
        ...rest,
        field: own ? 'on' : `shops.${place}${field === undefined ? '' : `.${field}`}`,
      });
    }
    return state.merchantPath;
  });
  return { checklist, paths };
}

const payloadOf = ({ merchantId: _id, ...visit }: Visit): Omit<Visit, 'merchantId'> => visit;

/**
 * Records a patrol: the walk, what was found in each shop, and in each merchant's credit how many of the items that were looked at
 * were priced clearly, which its grade counts as any price patrol.
 */
export const patrolStreet = command({
  context: (writer, { workstation }, patrol: PatrolStreet) =>
    visitedShops(writer, patrol, todayOf(workstation)),
  decide: ({ patrolId, streetId, on, shops }, { checklist, paths }) => ({
    facts: [
      {
        id: patrolId,
        stream: { kind: 'street', id: streetId },
        type: 'street-patrolled',
        version: 1,
        payload: { patrolId, on, merchantIds: shops.map(({ merchantId }) => merchantId) },
      },
      ...shops.flatMap((shop, place): NewFact[] => {
        const { merchantId, answers } = shop;
        const { checked: items, met: clear } = scoreOf(checklistOn(on) ?? { items: [] }, answers);
        return [
          {
            stream: { kind: 'storefront', id: merchantId },
            type: 'shop-patrolled',
            version: 1,
            payload: { ...payloadOf(shop), patrolId, streetId, on, checklist },
          },
          {
            stream: { kind: 'credit', id: merchantId },
            type: 'price-patrol-recorded',
            version: 1,
            payload: { entryId: patrolId, merchantPath: paths[place], items, clear, on, note: '' },
          },
        ];
      }),
    ],
    result: undefined,
  }),
  once: {
    id: ({ patrolId }) => ({ event: patrolId }),
    again: ({ stream, payload }, { streetId, patrolId, on, shops }) =>
      requireSame(
        [stream.id, payload],
        [streetId, { patrolId, on, merchantIds: shops.map(({ merchantId }) => merchantId) }],
      ),
  },
});

type Act = { merchantId: string; revision: number; eventId: string; action: StorefrontAction };

/** A plaque is granted or withdrawn, or the shop leaves its street. */
export const actOnShop = command({
  context: noContext,
  decide: ({ merchantId, revision, eventId, action: { step, payload } }: Act) => ({
    facts: [
      {
        id: eventId,
        stream: { kind: 'storefront', id: merchantId },
        type: step,
        version: 1,
        payload,
        expectedRevision: revision,
      },
    ],
    result: undefined,
  }),
  once: {
    id: ({ eventId }) => ({ event: eventId }),
    again: ({ stream, type, payload }, { merchantId, action }) =>
      requireSame([stream.id, type, payload], [merchantId, action.step, action.payload]),
  },
});
