import { defineProjection } from '../kernel/store/projection.ts';

/** A district has a few hundred stations: their states are read as they are. */
export const stationProjection = defineProjection({
  kind: 'station',
  directory: false,
  save: null,
  follow: null,
  afterUpgrade: null,
  rows: null,
});
