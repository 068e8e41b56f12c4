import type { Generated } from 'kysely';
import { businessDay } from '../../domain/kernel/calendar/index.ts';
import { defineProjection } from '../kernel/store/projection.ts';

declare module '../kernel/store/schema.ts' {
  interface Database {
    privacy_row: PrivacyRow;
    privacy_search: SearchTable;
    /** The answer printed last at this workstation, by the request's id. */
    privacy_print: { privacy_id: string; sha256: string; printed_at: string };
  }
}

/** What a list shows of a request. Until when it is to be answered follows from the day it was received. */
export type PrivacyRow = {
  row: Generated<number>;
  id: string;
  number: string;
  what: string;
  status: string;
  requester_name: string;
  records: number;
  received_at: string;
  received_day: string;
  unit_path: string;
};

export const privacyProjection = defineProjection({
  kind: 'privacy',
  directory: false,
  save: null,
  follow: null,
  afterUpgrade: null,
  rows: {
    plural: 'privacy_requests',
    columns: `id number what status requester_name=requesterName records received_at=receivedAt
      received_day=receivedDay unit_path=unitPath`,
    kept: 'number what records received_at received_day unit_path',
    row: ({ id, number, what, status, requester, records, received, unitPath }) => ({
      id,
      number,
      what,
      status,
      requesterName: requester.name,
      records: records.length,
      // Clocks of other units may tell it in another zone; a list is sorted by the text.
      receivedAt: new Date(received.at).toISOString(),
      receivedDay: businessDay(received.at),
      unitPath,
    }),
  },
});
