import type { FileRestoration, RestorationAction } from '../../contract/workstation/restoration.ts';
import { businessDay } from '../../domain/kernel/calendar/index.ts';
import {
  type RestorationPayload,
  type RestorationState,
  settingsOn,
} from '../../domain/restoration/index.ts';
import type { SanctionState } from '../../domain/sanction/index.ts';
import { command, requireSame } from '../kernel/command.ts';
import { serviceError } from '../kernel/errors.ts';
import { requireIdentity, todayOf } from '../kernel/parts.ts';
import { drawNumber } from '../kernel/record-numbers.ts';
import { loadState, loadStates, type NewFact, type Reader, type Writer } from '../kernel/store/index.ts';

/** Records by their ids, as far as they are here. */
export async function sanctionsById(
  from: Reader | Writer,
  ids: readonly string[],
): Promise<Map<string, SanctionState>> {
  const states = await loadStates(
    from,
    ids.map((id) => ({ kind: 'sanction', id })),
  );
  return new Map(
    [...states.values()].flatMap((one) => (one.kind === 'sanction' ? [[one.state.id, one.state]] : [])),
  );
}

/**
 * Files an application under the next number of this workstation, and says of each record that it is part of it: both or neither.
 * @throws INPUT_INVALID for a merchant or a record that is not here
 */
export const fileRestoration = command({
  context: async (writer, call, { merchantId, matters }: FileRestoration) => {
    const merchant = await loadState(writer, 'merchant', merchantId);
    if (!merchant)
      throw serviceError('INPUT_INVALID', {
        issues: [{ field: 'merchantId', rule: 'restoration-merchant-unknown' }],
      });
    const sanctions = await sanctionsById(
      writer,
      matters.map(({ sanctionId }) => sanctionId),
    );
    const unknown = matters.findIndex(({ sanctionId }) => !sanctions.has(sanctionId));
    if (unknown >= 0)
      throw serviceError('INPUT_INVALID', {
        issues: [{ field: `matters.${unknown}.sanctionId`, rule: 'restoration-record-unknown' }],
      });
    const day = todayOf(call.workstation);
    const [number = ''] = await drawNumber(writer, requireIdentity(call), 'restoration', day);
    return { merchant, sanctions, number };
  },
  decide: ({ restorationId, matters, ...typed }, { merchant, sanctions, number }) => ({
    facts: [
      {
        stream: { kind: 'restoration', id: restorationId },
        type: 'restoration-filed',
        version: 1,
        payload: {
          ...typed,
          number,
          merchantName: merchant.name,
          merchantPath: merchant.unitPath,
          creditCode: merchant.creditCode,
          matters: matters.flatMap((matter) => {
            const sanction = sanctions.get(matter.sanctionId);
            if (sanction === undefined) return [];
            const { organ, number: document, determinedOn, class: of, channel } = sanction;
            return [{ ...matter, organ, number: document, determinedOn, class: of, channel }];
          }),
        },
      },
      ...matters.map(({ sanctionId }): NewFact => ({
        stream: { kind: 'sanction', id: sanctionId },
        type: 'sanction-applied',
        version: 1,
        payload: { restorationId, windowPath: typed.windowPath },
      })),
    ],
    result: undefined,
  }),
  once: {
    id: ({ restorationId }) => ({ stream: { kind: 'restoration', id: restorationId } }),
    again: ({ payload }, { restorationId: _id, matters, ...typed }) => {
      const first = payload as RestorationPayload<'restoration-filed@1'>;
      const rows = first.matters.map(({ matterId, type, sanctionId, proofs, commitmentId }) => ({
        matterId,
        type,
        sanctionId,
        proofs,
        commitmentId,
      }));
      requireSame([{ ...first, ...typed }, rows], [first, matters]);
    },
  },
});

type Act = { id: string; revision: number; eventId: string; action: RestorationAction };

/** What follows for records from a step: those that are repaired end, those for which it came to nothing are free again. */
function factsOfRecords(
  state: RestorationState,
  action: RestorationAction,
  sanctions: ReadonlyMap<string, SanctionState>,
  day: string,
): NewFact[] {
  const outcomes = action.step === 'restoration-concluded' ? action.payload.outcomes : [];
  const over = action.step === 'restoration-withdrawn';
  return state.matters.flatMap(({ matterId, type, sanctionId }): NewFact[] => {
    const sanction = sanctions.get(sanctionId);
    const outcome = outcomes.find((one) => one.matterId === matterId);
    const stream = { kind: 'sanction', id: sanctionId };
    if (outcome?.outcome === 'repaired') {
      const { ends = 'repaired' } =
        settingsOn(businessDay(state.filed.at)).types.find(({ code }) => code === type) ?? {};
      const { number, effectiveAt } = outcome;
      const payload = { cause: ends, on: day, number, effectiveAt };
      return [{ stream, type: 'sanction-ended', version: 1, payload }];
    }
    const holds = sanction?.ended === null && sanction.applied?.restorationId === state.id;
    if (!holds || (outcome === undefined && !over)) return [];
    return [{ stream, type: 'sanction-released', version: 1, payload: { restorationId: state.id } }];
  });
}

/** One step of an application, with what follows for its records: all or nothing. */
export const actOnRestoration = command({
  context: async (writer, { workstation }, { id }: Act) => {
    const state = await loadState(writer, 'restoration', id);
    if (!state) throw serviceError('NOT_FOUND');
    const sanctions = await sanctionsById(
      writer,
      state.matters.map(({ sanctionId }) => sanctionId),
    );
    return { state, sanctions, day: todayOf(workstation) };
  },
  decide: ({ id, revision, eventId, action }, { state, sanctions, day }) => ({
    facts: [
      {
        id: eventId,
        stream: { kind: 'restoration', id },
        type: action.step,
        version: 1,
        payload: action.payload,
        expectedRevision: revision,
      },
      ...factsOfRecords(state, action, sanctions, day),
    ],
    result: undefined,
  }),
  once: {
    id: ({ eventId }) => ({ event: eventId }),
    again: ({ stream, type, payload }, { id, action }) =>
      requireSame([stream.id, type, payload], [id, action.step, action.payload]),
  },
});
