import { defineProjection } from '../kernel/store/projection.ts';

/** A district has a few funds and policies: their states are read as they are. */
export const fundProjection = defineProjection({
  kind: 'fund',
  directory: false,
  save: null,
  follow: null,
  afterUpgrade: null,
  rows: null,
});

export const insuranceProjection = defineProjection({
  kind: 'insurance',
  directory: false,
  save: null,
  follow: null,
  afterUpgrade: null,
  rows: null,
});
