import { os } from '../kernel/implementer.ts';
import { attend, attentionView, listAttention, pushAttention } from './attentions.ts';
import { commend, commendable, commendationView, listCommendations, withdraw } from './commendations.ts';
import { actOnDraw, drawDetail, listDraws, prepareDraw, verifyKnownDraw } from './draws.ts';
import { exportInspection } from './export.ts';
import { guidanceView, guide, listGuidances, offerGuidance } from './guidances.ts';
import { planView, preview, publishPlan } from './plans.ts';

export const inspections = {
  plan: os.inspections.plan.handler(({ context }) => planView(context)),
  publishPlan: os.inspections.publishPlan.handler(async ({ context, input }) => {
    await publishPlan(context, { ...input, unitPath: context.staff.unitPath });
    return planView(context);
  }),
  preview: os.inspections.preview.handler(({ context, input }) => preview(context, input.unitPath)),
  draws: os.inspections.draws.handler(({ context }) => listDraws(context)),
  draw: os.inspections.draw.handler(({ context, input }) => drawDetail(context, input.id)),
  prepare: os.inspections.prepare.handler(async ({ context, input }) => {
    await prepareDraw(context, input);
    return drawDetail(context, input.drawId);
  }),
  act: os.inspections.act.handler(async ({ context, input }) => {
    await actOnDraw(context, input);
    return drawDetail(context, input.id);
  }),
  verify: os.inspections.verify.handler(({ context, input }) => verifyKnownDraw(context, input.id)),

  guidances: os.inspections.guidances.handler(({ context }) => listGuidances(context)),
  offer: os.inspections.offer.handler(async ({ context, input }) => {
    await offerGuidance(context, input);
    return guidanceView(context, input.guidanceId);
  }),
  guide: os.inspections.guide.handler(async ({ context, input }) => {
    await guide(context, input);
    return guidanceView(context, input.id);
  }),

  commendations: os.inspections.commendations.handler(({ context }) => listCommendations(context)),
  commendable: os.inspections.commendable.handler(({ context, input }) => commendable(context, input)),
  commend: os.inspections.commend.handler(async ({ context, input }) => {
    await commend(context, input);
    return commendationView(context, input.commendationId);
  }),
  withdraw: os.inspections.withdraw.handler(async ({ context, input }) => {
    await withdraw(context, input);
    return commendationView(context, input.id);
  }),

  attention: os.inspections.attention.handler(({ context }) => listAttention(context)),
  push: os.inspections.push.handler(async ({ context, input }) => {
    await pushAttention(context, input);
    return attentionView(context, input.attentionId);
  }),
  attend: os.inspections.attend.handler(async ({ context, input }) => {
    await attend(context, input);
    return attentionView(context, input.id);
  }),

  export: os.inspections.export.handler(({ context, input }) => exportInspection(context, input)),
};
