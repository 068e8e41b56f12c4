import type { Generated } from 'kysely';
import { liveAsks } from '../../domain/restoration/index.ts';
import { defineProjection } from '../kernel/store/projection.ts';

declare module '../kernel/store/schema.ts' {
  interface Database {
    restoration_row: RestorationRow;
    restoration_search: SearchTable;
  }
}

/** What a list shows of an application. What is to be done in it stands among the tasks. */
export type RestorationRow = {
  row: Generated<number>;
  id: string;
  number: string;
  status: string;
  merchant_id: string;
  merchant_name: string;
  matters: number;
  asked: number;
  answered: number;
  filed_at: string;
  unit_path: string;
  window_path: string;
};

export const restorationProjection = defineProjection({
  kind: 'restoration',
  directory: false,
  save: null,
  follow: null,
  afterUpgrade: null,
  rows: {
    plural: 'restorations',
    columns: `id number status merchant_id=merchantId merchant_name=merchantName matters asked answered
      filed_at=filedAt unit_path=unitPath window_path=windowPath`,
    kept: 'number merchant_id merchant_name matters filed_at unit_path window_path',
    row: ({
      id,
      number,
      status,
      merchantId,
      merchantName,
      matters,
      filed,
      unitPath,
      windowPath,
      ...asked
    }) => ({
      id,
      number,
      status,
      merchantId,
      merchantName,
      matters: matters.length,
      asked: liveAsks(asked).length,
      answered: liveAsks(asked).filter(({ opinion }) => opinion !== null).length,
      // Clocks of other units may tell it in another zone; a list is sorted by the text.
      filedAt: new Date(filed.at).toISOString(),
      unitPath,
      windowPath,
    }),
  },
});
