import { seedOf } from '../../domain/inspection/index.ts';
import { verifyDraw } from '../../protocol/verify-draw.ts';
import { centreError } from '../kernel/errors.ts';
import { administratorOs } from '../kernel/http/implementer.ts';
import { stateOf } from '../kernel/states.ts';

/** Proves a draw to whoever asks the centre. */
export const inspectionHandlers = {
  verifyDraw: administratorOs.admin.verifyDraw.handler(async ({ context, input }) => {
    const state = await stateOf(context.database, 'inspection', input.drawId);
    if (!state) throw centreError('RULE', { rule: 'draw-missing', field: 'drawId' });
    const { unitPath, day, candidatesHash, made, prepared, drawerSeed } = state;
    return {
      ...verifyDraw(state),
      unitPath,
      day,
      candidatesHash,
      seed: made === null ? drawerSeed : seedOf(drawerSeed, made.witnessSeed),
      preparedBy: prepared.name,
      witness: made?.witness.name ?? null,
      drawn: made?.drawn.reduce((sum, { merchantIds }) => sum + merchantIds.length, 0) ?? 0,
    };
  }),
};
