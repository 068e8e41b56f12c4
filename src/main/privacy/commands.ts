import type { ReceivePrivacy } from '../../contract/workstation/privacy.ts';
import type { PrivacyOutcome, PrivacyPayload } from '../../domain/privacy/index.ts';
import { command, requireSame } from '../kernel/command.ts';
import { serviceError } from '../kernel/errors.ts';
import { requireIdentity, todayOf } from '../kernel/parts.ts';
import { drawNumber } from '../kernel/record-numbers.ts';
import { loadState, RuleRefused } from '../kernel/store/index.ts';
import { keyOf } from '../kernel/store/streams.ts';
import { heldRecords, isCorrection } from './records.ts';

/** Takes a request down under the next number of this workstation. @throws INPUT_INVALID for a record that is not here */
export const receiveRequest = command({
  context: async (writer, call, { records }: ReceivePrivacy) => {
    const held = await heldRecords(writer, records);
    const missing = records.findIndex((one) => !held.has(keyOf(one)));
    if (missing >= 0)
      throw serviceError('INPUT_INVALID', {
        issues: [{ field: `records.${missing}`, rule: 'privacy-record-unknown' }],
      });
    const day = todayOf(call.workstation);
    const [number = ''] = await drawNumber(writer, requireIdentity(call), 'privacy', day);
    return {
      number,
      numberOf: (one: ReceivePrivacy['records'][number]) => held.get(keyOf(one))?.state.number ?? '',
    };
  },
  decide: ({ privacyId, records, ...typed }, { number, numberOf }) => ({
    facts: [
      {
        stream: { kind: 'privacy', id: privacyId },
        type: 'privacy-requested',
        version: 1,
        payload: { ...typed, number, records: records.map((one) => ({ ...one, number: numberOf(one) })) },
      },
    ],
    result: undefined,
  }),
  once: {
    id: ({ privacyId }) => ({ stream: { kind: 'privacy', id: privacyId } }),
    again: ({ payload }, { privacyId: _id, records, ...typed }) => {
      const { number: _number, records: first, ...rest } = payload as PrivacyPayload<'privacy-requested@1'>;
      requireSame([rest, first.map(({ kind, id }) => ({ kind, id }))], [typed, records]);
    },
  },
});

type Seen = { id: string; revision: number; eventId: string };
type Step = Seen & { type: string; payload: Record<string, unknown> };

const factOf = ({ id, revision, eventId, type }: Step, payload: unknown) => ({
  facts: [
    {
      id: eventId,
      stream: { kind: 'privacy', id },
      type,
      version: 1,
      payload,
      expectedRevision: revision,
    },
  ],
  result: undefined,
});

/** One step of a request whose payload is what was typed. */
const stepped = command({
  context: async (_writer, _call, { payload }: Step) => payload,
  decide: factOf,
  once: {
    id: ({ eventId }) => ({ event: eventId }),
    again: ({ stream, type, payload }, step) =>
      requireSame([stream.id, type, payload], [step.id, step.type, step.payload]),
  },
});

/** The decision, one outcome a record. @throws INPUT_INVALID for a correction that was not made since, in that very case */
export const decideRequest = command({
  context: async (writer, _call, { id, payload }: Step & { payload: { outcomes: PrivacyOutcome[] } }) => {
    const state = await loadState(writer, 'privacy', id);
    if (!state) throw serviceError('NOT_FOUND');
    for (const [place, one] of payload.outcomes.entries()) {
      if (one.verdict === 'refused' || one.correctionId === null) continue;
      if (one.kind === 'case' && (await isCorrection(writer, one.id, one.correctionId, state.received.at)))
        continue;
      throw serviceError('INPUT_INVALID', {
        issues: [{ field: `outcomes.${place}.correctionId`, rule: 'privacy-correction-unknown' }],
      });
    }
    return payload;
  },
  decide: factOf,
  once: {
    id: ({ eventId }) => ({ event: eventId }),
    again: ({ stream, type, payload }, step) =>
      requireSame([stream.id, type, payload], [step.id, step.type, step.payload]),
  },
});

export const withdrawRequest = (
  call: Parameters<typeof stepped>[0],
  { reason, ...seen }: Seen & { reason: string },
) => stepped(call, { ...seen, type: 'privacy-withdrawn', payload: { reason } });

/** That the answer printed last here reached the requester. @throws RULE privacy-print-first where none was printed */
export const answerRequest = command({
  context: async (
    writer,
    _call,
    { id, payload }: Step & { payload: Pick<PrivacyPayload<'privacy-answered@1'>, 'manner' | 'answeredOn'> },
  ) => {
    const state = await loadState(writer, 'privacy', id);
    if (!state) throw serviceError('NOT_FOUND');
    const printed = await writer
      .selectFrom('privacy_print')
      .select('sha256')
      .where('privacy_id', '=', id)
      .executeTakeFirst();
    if (state.status === 'decided' && !printed) throw new RuleRefused({ rule: 'privacy-print-first' });
    return { ...payload, number: state.number, sha256: printed?.sha256 ?? '' };
  },
  decide: factOf,
  once: {
    id: ({ eventId }) => ({ event: eventId }),
    again: ({ stream, type, payload }, step) =>
      requireSame([stream.id, type, { ...Object(payload), ...step.payload }], [step.id, step.type, payload]),
  },
});
