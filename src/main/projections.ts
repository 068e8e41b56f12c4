import type { StreamKind } from '../domain/streams.ts';
import { caseProjection } from './case/projection.ts';
import { merchantProjection } from './merchant/projection.ts';
import type { Projection } from './kernel/store/projection.ts';
import { collectProjections } from './kernel/store/projections.ts';
import { returnProjection } from './return/projection.ts';
import { calendarProjection, procedureProjection } from './procedure/projection.ts';
import { staffProjection } from './organisation/staff-projection.ts';
import { unitProjection } from './organisation/unit-projection.ts';

/** What is kept of each kind of stream; null where its state is all there is. */
const projections = {
  unit: unitProjection,
  procedure: procedureProjection,
  calendar: calendarProjection,
  staff: staffProjection,
  workstation: null,
  case: caseProjection,
  return: returnProjection,
  merchant: merchantProjection,
} satisfies { [Kind in StreamKind]: Projection<Kind> | null };

/** The projections of all kinds that have one. */
export const PROJECTIONS = collectProjections(Object.values(projections).filter((one) => one !== null));
