import type { Generated } from 'kysely';
import { pendingBecause } from '../../domain/credit/index.ts';
import { defineProjection } from '../kernel/store/projection.ts';

declare module '../kernel/store/schema.ts' {
  interface Database {
    credit_row: CreditRow;
  }
}

/** What a list shows of a merchant's credit; its name stands with the merchant. */
export type CreditRow = {
  row: Generated<number>;
  id: string;
  unit_path: string;
  month: string | null;
  outcome: string | null;
  grade: string | null;
  points: number | null;
  /** 1 while the grade is pending. */
  disputed: number;
  standing: string;
};

export const creditProjection = defineProjection({
  kind: 'credit',
  directory: false,
  save: null,
  follow: null,
  afterUpgrade: null,
  rows: {
    plural: 'credits',
    columns: 'id unit_path=unitPath month outcome grade points disputed standing',
    kept: 'id',
    row: (state) => ({
      id: state.id,
      unitPath: state.unitPath,
      month: state.grade?.month ?? null,
      outcome: state.grade?.outcome ?? null,
      grade: state.grade?.grade ?? null,
      points: state.grade?.points ?? null,
      disputed: pendingBecause(state) === null ? 0 : 1,
      standing: state.grade?.grade ? `1${String(state.grade.points).padStart(5, '0')}` : '2',
    }),
  },
});
