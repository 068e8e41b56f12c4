import type { Generated } from 'kysely';
import { defineProjection } from '../kernel/store/projection.ts';

declare module '../kernel/store/schema.ts' {
  interface Database {
    visit_row: VisitRow;
    visit_search: SearchTable;
  }
}

/** What the list shows of a visit. */
export type VisitRow = {
  row: Generated<number>;
  id: string;
  shop_name: string;
  note: string;
  visited_by: string;
  visited_at: string;
  unit_path: string;
};

export const visitProjection = defineProjection({
  kind: 'visit',
  directory: false,
  save: null,
  follow: null,
  afterUpgrade: null,
  rows: {
    plural: 'visits',
    columns: 'id shop_name=shopName note visited_by=visitedBy visited_at=visitedAt unit_path=unitPath',
    kept: 'shop_name note visited_by visited_at unit_path',
    row: (state) => ({ ...state }),
  },
});
