import type { CharityAction, CharityDecision } from '../../contract/workstation/charity.ts';
import type { CharityApplicationPayload } from '../../domain/charity/index.ts';
import { logAccess } from '../kernel/access-log.ts';
import { command, noContext, requireSame, stepCommand } from '../kernel/command.ts';
import { serviceError } from '../kernel/errors.ts';
import { os } from '../kernel/implementer.ts';
import { loadState } from '../kernel/store/index.ts';
import { charityDetail, listCharities, requireApplication } from './detail.ts';

type Opened = { charityId: string; name: string; unitPath: string };

const openCharity = command({
  context: noContext,
  decide: ({ charityId, ...payload }: Opened) => ({
    facts: [
      { stream: { kind: 'charity' as const, id: charityId }, type: 'charity-opened', version: 1, payload },
    ],
    result: undefined,
  }),
  once: {
    id: ({ charityId }) => ({ stream: { kind: 'charity', id: charityId } }),
    again: ({ stream, payload }, { charityId, ...opened }) =>
      requireSame([stream.id, payload], [charityId, opened]),
  },
});

type Act = { id: string; revision: number; eventId: string; action: CharityAction };

/** An entry is known by the id of the fact that made it. */
const payloadOf = ({ eventId, action }: Act): Record<string, unknown> =>
  action.step === 'donation-received' ? { ...action.payload, entryId: eventId } : action.payload;

const act = stepCommand('charity', async (_writer, _call, acted: Act) => payloadOf(acted));

type Applied = {
  id: string;
  applicationId: string;
  application: Omit<CharityApplicationPayload<'charity-applied@1'>, 'charityId' | 'charityPath'>;
};

const apply = command({
  context: async (writer, _call, { id, application }: Applied) => {
    const fund = await loadState(writer, 'charity', id);
    if (!fund) throw serviceError('NOT_FOUND');
    return { charityId: id, charityPath: fund.unitPath, ...application };
  },
  decide: ({ applicationId }, payload) => ({
    facts: [
      {
        stream: { kind: 'charity-application' as const, id: applicationId },
        type: 'charity-applied',
        version: 1,
        payload,
      },
    ],
    result: undefined,
  }),
  once: {
    id: ({ applicationId }) => ({ stream: { kind: 'charity-application', id: applicationId } }),
    again: ({ payload }, { id, application }) => {
      const { charityPath: _path, ...rest } = payload as CharityApplicationPayload<'charity-applied@1'>;
      requireSame(rest, { charityId: id, ...application });
    },
  },
});

type Decide = { id: string; revision: number; eventId: string; decision: CharityDecision };

const decide = command({
  context: async (writer, _call, { id, decision }: Decide) => {
    if (decision.step === 'charity-approved') return {};
    const application = await loadState(writer, 'charity-application', id);
    if (!application) throw serviceError('NOT_FOUND');
    return { charityId: application.charityId, ...decision.payload };
  },
  decide: ({ id, revision, eventId, decision }, payload) => ({
    facts: [
      {
        id: eventId,
        stream: { kind: 'charity-application' as const, id },
        type: decision.step,
        version: 1,
        payload,
        expectedRevision: revision,
      },
    ],
    result: undefined,
  }),
  once: {
    id: ({ eventId }) => ({ event: eventId }),
    again: ({ stream, type, payload }, { id, decision }) =>
      requireSame(
        [stream.id, type, { ...Object(payload), ...('payload' in decision ? decision.payload : {}) }],
        [id, decision.step, payload],
      ),
  },
});

export const charity = {
  list: os.charity.list.handler(({ context }) => listCharities(context)),
  get: os.charity.get.handler(({ context, input }) => charityDetail(context, input.id)),
  open: os.charity.open.handler(async ({ context, input }) => {
    await openCharity(context, input);
    return charityDetail(context, input.charityId);
  }),
  act: os.charity.act.handler(async ({ context, input }) => {
    await act(context, input);
    return charityDetail(context, input.id);
  }),
  apply: os.charity.apply.handler(async ({ context, input }) => {
    await apply(context, input);
    return charityDetail(context, input.id);
  }),
  decide: os.charity.decide.handler(async ({ context, input }) => {
    const { charityId } = await requireApplication(context, input.id);
    await decide(context, input);
    return charityDetail(context, charityId);
  }),
  reveal: os.charity.reveal.handler(async ({ context, input: { id, reason } }) => {
    const { applicant } = await requireApplication(context, id);
    await logAccess(context, { action: 'reveal', kind: 'charity-application', id, reason });
    return { phone: applicant.phone };
  }),
};
