import { defineProjection } from '../kernel/store/projection.ts';

/** A district decides a few: their states are read as they are. */
export const leniencyProjection = defineProjection({
  kind: 'leniency',
  directory: false,
  save: null,
  follow: null,
  afterUpgrade: null,
  rows: null,
});
