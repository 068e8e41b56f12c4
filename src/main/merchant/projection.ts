import type { Generated } from 'kysely';
import { openProposal } from '../../domain/merchant/commitments.ts';
import { defineProjection } from '../kernel/store/projection.ts';

declare module '../kernel/store/schema.ts' {
  interface Database {
    merchant_row: MerchantRow;
    merchant_search: SearchTable;
  }
}

/** What a list shows of a merchant. */
export type MerchantRow = {
  row: Generated<number>;
  id: string;
  name: string;
  credit_code: string | null;
  category: string;
  unit_path: string;
  phone: string | null;
  commitments: string;
  committed: number;
  /** 1 while a promise waits to be confirmed. */
  proposed: Generated<number>;
  invented: number;
  /** The entry that it is the same merchant as. */
  merged_into: string | null;
  /** Numbers it had before, as JSON. */
  aliases: Generated<string>;
};

export const merchantProjection = defineProjection({
  kind: 'merchant',
  directory: false,
  save: null,
  follow: null,
  afterUpgrade: null,
  rows: {
    plural: 'merchants',
    columns:
      'id name credit_code=creditCode category unit_path=unitPath phone commitments committed proposed invented merged_into=mergedInto aliases',
    kept: 'invented',
    row: (state) => ({
      id: state.id,
      name: state.name,
      creditCode: state.creditCode,
      category: state.category,
      unitPath: state.unitPath,
      phone: state.phone,
      commitments: JSON.stringify(state.commitments),
      committed: state.commitments.at(-1)?.effectiveTo === null ? 1 : 0,
      proposed: openProposal(state) ? 1 : 0,
      invented: state.invented ? 1 : 0,
      mergedInto: state.mergedInto?.id ?? null,
      aliases: JSON.stringify(state.aliases ?? []),
    }),
  },
});
