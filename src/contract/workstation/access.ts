import { type } from '@orpc/contract';
import { z } from 'zod';
import type { AccessAction } from '../../domain/access/index.ts';
import { unitAndBelow } from '../../domain/organisation/index.ts';
import { capable, Page } from './base.ts';
import type { Holder, UnitName } from './case.ts';
import { ExportFormat, type ExportFile } from './supervision.ts';

/** One look at personal data, as the supervisor's list shows it. */
export type AccessEntry = {
  id: string;
  at: string;
  staffId: string;
  staffName: string;
  /** Also a role that only a newer release knows. */
  role: string;
  unitPath: string;
  unitName: string;
  action: AccessAction;
  /** A record by its kind and id, or a view by the room it is of and its name. */
  record: { kind: string; id: string };
  /** Whether this workstation has that record. */
  here: boolean;
  /** What people know the record by; null for what is none, or was not there any more. */
  title: string | null;
  /** Which paper, or which view under which filters. */
  what: string | null;
  /** What the person said it was for; null where nobody asked. */
  reason: string | null;
};

export const AccessFilter = z.object({
  /** The unit alone; absent for all that this workstation is told of. */
  unitPath: z.string().max(600).optional(),
  staffId: z.string().max(64).optional(),
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
});
export type AccessFilter = z.infer<typeof AccessFilter>;

/** Whom and what the list can be narrowed to: who looked, and where. */
export type AccessChoices = { people: Holder[]; units: UnitName[] };

/** Who looked at whose data, in the scope of a supervisor: at their own unit, and at those right below it. */
export const accesses = {
  /** The latest first. */
  list: capable('supervision.read', unitAndBelow('filter.unitPath'))
    .input(Page.extend({ filter: AccessFilter.default({}) }))
    .output(type<{ items: AccessEntry[]; total: number; cursor: string | null }>()),
  choices: capable('supervision.read', unitAndBelow()).output(type<AccessChoices>()),
  /** The list as a file; it is on record in the list itself. */
  export: capable('supervision.read', unitAndBelow('filter.unitPath'))
    .input(z.object({ format: ExportFormat, filter: AccessFilter }))
    .output(type<ExportFile>()),
};
