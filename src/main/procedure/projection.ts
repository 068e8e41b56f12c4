import { defineProjection } from '../kernel/store/projection.ts';

/** Cases keep the procedure that they began under, so that nothing is to be worked out anew for a new one. */
export const procedureProjection = defineProjection({
  kind: 'procedure',
  directory: true,
  save: null,
  follow: null,
  afterUpgrade: null,
  rows: null,
});

export const calendarProjection = defineProjection({
  kind: 'calendar',
  directory: true,
  save: null,
  follow: null,
  afterUpgrade: null,
  rows: null,
});
