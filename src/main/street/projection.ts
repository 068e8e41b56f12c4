import type { Generated } from 'kysely';
import { defineProjection } from '../kernel/store/projection.ts';

declare module '../kernel/store/schema.ts' {
  interface Database {
    storefront_row: StorefrontRowTable;
  }
}

/** What a street's list shows of a shop. */
export type StorefrontRowTable = {
  row: Generated<number>;
  id: string;
  street_id: string;
  merchant_name: string;
  merchant_path: string;
  gone: number;
  plaque_on: string | null;
  last_on: string | null;
  basis_points: number | null;
  passed: number;
  missed: number;
  recheck_on: string | null;
};

/** A district has a few streets: their states are read as they are. */
export const streetProjection = defineProjection({
  kind: 'street',
  directory: false,
  save: null,
  follow: null,
  afterUpgrade: null,
  rows: null,
});

export const storefrontProjection = defineProjection({
  kind: 'storefront',
  directory: false,
  save: null,
  follow: null,
  afterUpgrade: null,
  rows: {
    plural: 'storefronts',
    columns: `id street_id=streetId merchant_name=merchantName merchant_path=merchantPath gone plaque_on=plaqueOn
      last_on=lastOn basis_points=basisPoints passed missed recheck_on=recheckOn`,
    kept: 'id',
    row: ({ id, streetId, merchantName, merchantPath, left, plaque, patrols }) => {
      const last = patrols.at(-1);
      return {
        id,
        streetId,
        merchantName,
        merchantPath,
        gone: left === null ? 0 : 1,
        plaqueOn: plaque?.on ?? null,
        lastOn: last?.on ?? null,
        basisPoints: last?.score.basisPoints ?? null,
        passed: last?.passed === true ? 1 : 0,
        missed: last?.score.missed.length ?? 0,
        recheckOn: last?.recheckOn ?? null,
      };
    },
  },
});
