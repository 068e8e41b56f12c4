import { logAccess } from '../kernel/access-log.ts';
import { os } from '../kernel/implementer.ts';
import { keyOf } from '../kernel/store/streams.ts';
import { answerRequest, decideRequest, receiveRequest, withdrawRequest } from './commands.ts';
import { printAnswer } from './print.ts';
import { candidateOf, findCandidates, heldRecords } from './records.ts';
import { listRequests, requestDetail, requireRequest } from './requests.ts';

export const privacy = {
  list: os.privacy.list.handler(({ context, input }) => listRequests(context, input)),
  get: os.privacy.get.handler(({ context, input }) => requestDetail(context, input.id)),
  find: os.privacy.find.handler(({ context, input }) => findCandidates(context, input.search)),
  chosen: os.privacy.chosen.handler(async ({ context, input: { records } }) => {
    const held = await heldRecords(context.workstation.store.read, records);
    return records.flatMap((one) => {
      const found = held.get(keyOf(one));
      return found === undefined ? [] : [candidateOf(context.workstation, found)];
    });
  }),
  receive: os.privacy.receive.handler(async ({ context, input }) => {
    await receiveRequest(context, input);
    return requestDetail(context, input.privacyId);
  }),
  decide: os.privacy.decide.handler(async ({ context, input: { outcomes, ...seen } }) => {
    await decideRequest(context, { ...seen, type: 'privacy-decided', payload: { outcomes } });
    return requestDetail(context, seen.id);
  }),
  print: os.privacy.print.handler(({ context, input }) => printAnswer(context, input.id)),
  answer: os.privacy.answer.handler(async ({ context, input: { manner, answeredOn, ...seen } }) => {
    await answerRequest(context, { ...seen, type: 'privacy-answered', payload: { manner, answeredOn } });
    return requestDetail(context, seen.id);
  }),
  withdraw: os.privacy.withdraw.handler(async ({ context, input }) => {
    await withdrawRequest(context, input);
    return requestDetail(context, input.id);
  }),
  reveal: os.privacy.reveal.handler(async ({ context, input: { id, reason } }) => {
    const { requester } = await requireRequest(context, id);
    await logAccess(context, { action: 'reveal', kind: 'privacy', id, reason });
    return { phone: requester.phone };
  }),
};
