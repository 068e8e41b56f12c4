import type { InferContractRouterInputs } from '@orpc/contract';
import type { sanctions } from '../../contract/workstation/sanction.ts';
import type { SanctionContent, SanctionPayload } from '../../domain/sanction/index.ts';
import { command, noContext, requireSame } from '../kernel/command.ts';
import { serviceError } from '../kernel/errors.ts';
import { loadState, type NewFact, type Writer } from '../kernel/store/index.ts';
import { placeOf } from './detail.ts';

type Inputs = InferContractRouterInputs<typeof sanctions>;
type Recording = Inputs['record'];
type Step = Inputs['step'];

/** A decision that is to be recorded about a merchant. */
export type NewDecision = Pick<Recording, 'eventId' | 'merchantId' | 'content' | 'continues'>;

/** The fact that records a decision, under the id that is made of it. @throws NOT_FOUND for a merchant that is not known here */
export async function recordedFact(
  writer: Writer,
  { eventId, merchantId, content, continues }: NewDecision,
): Promise<NewFact & { stream: { kind: 'sanction'; id: string } }> {
  const merchant = await loadState(writer, 'merchant', merchantId);
  if (!merchant) throw serviceError('NOT_FOUND');
  const { id, again } = await placeOf(writer, merchantId, content);
  const payload: SanctionContent & Record<string, unknown> = {
    entryId: eventId,
    merchantId,
    merchantName: merchant.name,
    merchantPath: merchant.unitPath,
    ...content,
    continues,
    again,
  };
  return { id: eventId, stream: { kind: 'sanction', id }, type: 'sanction-recorded', version: 1, payload };
}

/** Records a decision; gives the record's id. */
export const recordSanction = command({
  context: async (writer, _call, recording: Recording) => recordedFact(writer, recording),
  decide: (_recording, fact) => ({ facts: [fact], result: fact.stream.id }),
  once: {
    id: ({ eventId }) => ({ event: eventId }),
    again: ({ stream, type, payload }, { merchantId, content, continues }) => {
      const {
        merchantName: _name,
        merchantPath: _path,
        entryId: _entry,
        again: _again,
        ...recorded
      } = payload as SanctionPayload<'sanction-recorded@1'>;
      requireSame([type, recorded], ['sanction-recorded', { merchantId, ...content, continues }]);
      return stream.id;
    },
  },
});

/** A correction bears the form's id as its own, so that a grade's reason leads to the fact. */
const payloadOf = ({ eventId, fact: { type, payload } }: Step): unknown =>
  type === 'sanction-corrected' ? { ...payload, entryId: eventId } : payload;

/** One step of a record that is there. */
export const stepSanction = command({
  context: noContext,
  decide: (step: Step) => ({
    facts: [
      {
        id: step.eventId,
        stream: { kind: 'sanction' as const, id: step.id },
        type: step.fact.type,
        version: 1,
        payload: payloadOf(step),
        expectedRevision: step.revision,
      },
    ],
    result: undefined,
  }),
  once: {
    id: ({ eventId }) => ({ event: eventId }),
    again: ({ stream, type, payload }, step) =>
      requireSame([stream.id, type, payload], [step.id, step.fact.type, payloadOf(step)]),
  },
});
