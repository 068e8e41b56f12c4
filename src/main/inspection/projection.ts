import { defineProjection } from '../kernel/store/projection.ts';

const NOTHING_KEPT = {
  directory: false,
  save: null,
  follow: null,
  afterUpgrade: null,
  rows: null,
} as const;

/** A district makes a few draws and lists a month: their states are read as they are. */
export const inspectionPlanProjection = defineProjection({ ...NOTHING_KEPT, kind: 'inspection-plan' });
export const inspectionProjection = defineProjection({ ...NOTHING_KEPT, kind: 'inspection' });
export const guidanceProjection = defineProjection({ ...NOTHING_KEPT, kind: 'guidance' });
export const commendationProjection = defineProjection({ ...NOTHING_KEPT, kind: 'commendation' });
export const attentionProjection = defineProjection({ ...NOTHING_KEPT, kind: 'attention' });
