import type { Generated } from 'kysely';
import { businessDay } from '../../domain/kernel/calendar/index.ts';
import { defineProjection } from '../kernel/store/projection.ts';

declare module '../kernel/store/schema.ts' {
  interface Database {
    access_row: AccessRow;
  }
}

/** What the supervisor's list shows of one look at personal data. */
export type AccessRow = {
  row: Generated<number>;
  id: string;
  at: string;
  day: string;
  unit_path: string;
  staff_id: string;
  staff_name: string;
  role: string;
  action: string;
  record_kind: string;
  record_id: string;
  title: string | null;
  what: string | null;
  reason: string | null;
};

export const accessProjection = defineProjection({
  kind: 'access',
  directory: false,
  save: null,
  follow: null,
  afterUpgrade: null,
  rows: {
    plural: 'accesses',
    columns: `id at day unit_path=unitPath staff_id=staffId staff_name=staffName role action record_kind=recordKind
      record_id=recordId title what reason`,
    kept: `at day unit_path staff_id staff_name role action record_kind record_id title what reason`,
    row: ({ id, at, unitPath, by, action, record, title, what, reason }) => ({
      id,
      // Clocks of other units may tell it in another zone; a list is sorted by the text.
      at: new Date(at).toISOString(),
      day: businessDay(at),
      unitPath,
      staffId: by.staffId,
      staffName: by.name,
      role: by.role,
      action,
      recordKind: record.kind,
      recordId: record.id,
      title,
      what,
      reason,
    }),
  },
});
