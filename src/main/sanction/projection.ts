import type { Generated } from 'kysely';
import { outlookOf, shippedRegimes } from '../../domain/sanction/index.ts';
import { defineProjection } from '../kernel/store/projection.ts';

declare module '../kernel/store/schema.ts' {
  interface Database {
    sanction_row: SanctionRow;
    sanction_search: SearchTable;
  }
}

/** What a list shows of a record, and what does not change from day to day of when it may be repaired. */
export type SanctionRow = {
  row: Generated<number>;
  id: string;
  merchant_id: string;
  merchant_name: string;
  kind: string;
  class: string | null;
  organ: string;
  number: string;
  determined_on: string;
  unit_path: string;
  /** `standing`, `look`, `barred` or `ended`. */
  state: string;
  opens_on: string | null;
  ends_on: string | null;
  open_duties: number;
  /** Kinds of records that stand in the way, each between commas. */
  blocked_by: string;
};

export const sanctionProjection = defineProjection({
  kind: 'sanction',
  directory: false,
  save: null,
  follow: null,
  afterUpgrade: null,
  rows: {
    plural: 'sanctions',
    columns: `id merchant_id=merchantId merchant_name=merchantName kind class organ number determined_on=determinedOn
      unit_path=unitPath state opens_on=opensOn ends_on=endsOn open_duties=openDuties blocked_by=blockedBy`,
    kept: 'merchant_id merchant_name unit_path',
    row: (record) => {
      const { state, opensOn, endsOn, openDuties, blockedBy } = outlookOf(record, shippedRegimes);
      const { id, merchantId, merchantName, kind, organ, number, determinedOn, unitPath } = record;
      return {
        id,
        merchantId,
        merchantName,
        kind,
        class: record.class,
        organ,
        number,
        determinedOn,
        unitPath,
        state,
        opensOn,
        endsOn,
        openDuties,
        blockedBy: blockedBy.map((one) => `,${one},`).join(''),
      };
    },
  },
});
