import { type } from '@orpc/contract';
import { z } from 'zod';
import { IN_SIGHT, OWN_UNIT } from '../../domain/organisation/index.ts';
import { visitSchemas } from '../../domain/visit/visit.ts';
import { capable, Page } from './base.ts';

export type VisitSummary = {
  id: string;
  shopName: string;
  note: string;
  visitedBy: string;
  visitedAt: string;
  unitName: string;
};

export const RecordVisit = visitSchemas['visit-recorded@1'].extend({ visitId: z.uuid() });
export type RecordVisit = z.infer<typeof RecordVisit>;

export const visits = {
  list: capable('case.read', IN_SIGHT)
    .input(Page.extend({ search: z.string().max(100).optional() }))
    .output(type<{ items: VisitSummary[]; total: number; cursor: string | null }>()),
  record: capable('case.handle', OWN_UNIT).input(RecordVisit).output(type<{ id: string }>()),
};
