import { sql } from 'kysely';
import { type InspectionState, seedOf } from '../../domain/inspection/index.ts';
import { verifyDraw } from '../../protocol/verify-draw.ts';
import { centreError } from '../kernel/errors.ts';
import { administratorOs } from '../kernel/http/implementer.ts';

/** Proves a draw to whoever asks the centre. */
export const inspectionHandlers = {
  verifyDraw: administratorOs.admin.verifyDraw.handler(async ({ context, input }) => {
    const { rows } = await sql<{ state: string }>`
      SELECT state FROM stream WHERE kind = 'inspection' AND id = ${input.drawId} AND state IS NOT NULL`.execute(
      context.database,
    );
    const [row] = rows;
    if (!row) throw centreError('RULE', { rule: 'draw-missing', field: 'drawId' });
    const state = JSON.parse(row.state) as InspectionState;
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
