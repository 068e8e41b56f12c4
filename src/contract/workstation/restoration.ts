import { type } from '@orpc/contract';
import { z } from 'zod';
import { type Capability, IN_SIGHT, OWN_UNIT } from '../../domain/organisation/index.ts';
import {
  type Ask,
  Attachment,
  MOST_ATTACHMENTS,
  MOST_MATTERS,
  type RestorationBar,
  RESTORATION_STATUSES,
  restorationSchemas,
  type RestorationSettings,
  type RestorationState,
  type RestorationStatus,
} from '../../domain/restoration/index.ts';
import type { SanctionState } from '../../domain/sanction/index.ts';
import { UnitPath } from '../../domain/kernel/event/event.ts';
import { capable, capableBy, FormId, Page } from './base.ts';
import type { DocumentFile } from './document.ts';
import { type KeptFile, LARGEST_KEPT } from './kept-file.ts';
import type { TimelineEntry } from './case.ts';

/** One thing that is to be done in an application; `task` is its name on the board. */
export type RestorationToDo = {
  task: 'reply' | 'opinion' | 'completion' | 'submission' | 'conclusion' | 'objection';
  unitPath: string;
  unitName: string;
  dueAt: string | null;
  stands: boolean;
  provisional: boolean;
  late: boolean;
  /** Whether it is this workstation's own unit that has to do it. */
  mine: boolean;
};

export type RestorationSummary = {
  id: string;
  number: string;
  status: RestorationStatus;
  merchantName: string;
  /** How many matters it is about, and how many departments have answered of those that were asked. */
  matters: number;
  asked: number;
  answered: number;
  filedAt: string;
  unitName: string;
  windowName: string;
  /** What is to be done, the nearest end first; those of this unit before all others. */
  toDo: RestorationToDo[];
  waiting: number;
};

export type NamedUnit = { path: string; name: string };

/** What the signed-in person may do about an application now. */
export type RestorationCan = Record<RestorationStep, boolean>;

export type RestorationDetail = {
  /** The handler's telephone number masked, as in every answer. */
  state: RestorationState;
  summary: RestorationSummary;
  timeline: TimelineEntry[];
  settings: RestorationSettings;
  /** Names of the units that have a part in it, by path. */
  unitNames: Record<string, string>;
  /** Matters to which all have agreed, by id. */
  agreed: string[];
  /** What this unit is asked as a department and has not answered; null where there is nothing. */
  ask: Ask | null;
  /** Departments of the district that may be asked, and are not yet. */
  departments: NamedUnit[];
  can: RestorationCan;
  canReveal: boolean;
  /** By what anybody who holds its papers looks it up; `address` is null where the centre has no public one. */
  inquiry: { code: string; address: string | null };
};

/** A record of a merchant as it is chosen on the form, with why it cannot be where it cannot. */
export type RestorationCandidate = {
  sanction: Pick<
    SanctionState,
    'id' | 'kind' | 'class' | 'organ' | 'number' | 'determinedOn' | 'channel' | 'text'
  >;
  /** The types of matter that fit it, and what stands in the way of each; null where nothing does. */
  types: { code: string; bar: RestorationBar | null }[];
  /** The application that it is part of already. */
  openIn: string | null;
};

/** What the form begins with. */
export type RestorationForm = {
  merchant: { id: string; name: string; creditCode: string | null; unitName: string };
  candidates: RestorationCandidate[];
  /** Files of earlier applications of this merchant, to be used again. */
  attachments: Attachment[];
  windows: NamedUnit[];
  settings: RestorationSettings;
};

const filed = restorationSchemas['restoration-filed@1'].shape;

export const FileRestoration = z.object({
  restorationId: z.uuid(),
  merchantId: filed.merchantId,
  windowPath: UnitPath,
  channel: filed.channel,
  representative: filed.representative,
  handler: filed.handler,
  publication: filed.publication,
  matters: z
    .array(
      filed.matters.element.pick({
        matterId: true,
        type: true,
        sanctionId: true,
        proofs: true,
        commitmentId: true,
      }),
    )
    .min(1)
    .max(MOST_MATTERS),
  attachments: z.array(Attachment).max(MOST_ATTACHMENTS),
  commitments: filed.commitments,
});
export type FileRestoration = z.infer<typeof FileRestoration>;

const step = <const Step extends keyof Schemas>(name: Step) => ({
  step: z.literal(name),
  payload: restorationSchemas[`${name}@1`] as Schemas[Step],
});
type Schemas = {
  [
    Key in keyof typeof restorationSchemas as Key extends `${infer Name}@1` ? Name : never
  ]: (typeof restorationSchemas)[Key];
};

export const RestorationAction = z.discriminatedUnion('step', [
  z.object(step('restoration-accepted')),
  z.object(step('departments-asked')),
  z.object(step('opinion-given')),
  z.object(step('restoration-returned')),
  z.object(step('restoration-completed')),
  z.object(step('restoration-submitted')),
  z.object(step('restoration-concluded')),
  z.object(step('restoration-withdrawn')),
  z.object(step('restoration-objected')),
  z.object(step('objection-answered')),
]);
export type RestorationAction = z.infer<typeof RestorationAction>;
export type RestorationStep = RestorationAction['step'];

export const RESTORATION_NEEDS = {
  'restoration-accepted': 'restoration.handle',
  'departments-asked': 'restoration.handle',
  'opinion-given': 'restoration.review',
  'restoration-returned': 'restoration.handle',
  'restoration-completed': 'restoration.file',
  'restoration-submitted': 'restoration.handle',
  'restoration-concluded': 'restoration.handle',
  'restoration-withdrawn': 'restoration.file',
  'restoration-objected': 'restoration.file',
  'objection-answered': 'restoration.handle',
} as const satisfies Record<RestorationStep, Capability>;

export const RestorationFilter = z.object({
  status: z.array(z.enum(RESTORATION_STATUSES)).max(RESTORATION_STATUSES.length).optional(),
  /** Only those in which this unit has something to do. */
  mine: z.boolean().optional(),
  search: z.string().max(100).optional(),
});
export type RestorationFilter = z.infer<typeof RestorationFilter>;

const Id = z.object({ id: z.string().min(1).max(64) });
const READ = 'restoration.read';

/** Applications for credit repair, from the form to the outcome. */
export const restorations = {
  /** The latest first. */
  list: capable(READ, IN_SIGHT)
    .input(Page.extend({ filter: RestorationFilter.default({}) }))
    .output(type<{ items: RestorationSummary[]; total: number; cursor: string | null }>()),
  get: capable(READ, IN_SIGHT).input(Id).output(type<RestorationDetail>()),
  form: capable('restoration.file', IN_SIGHT)
    .input(z.object({ merchantId: z.string().min(1).max(64) }))
    .output(type<RestorationForm>()),
  /** Takes a file in, sealed under its hash. @throws RULE evidence-empty, evidence-type, evidence-too-large; STORAGE_FULL */
  keepFile: capable('restoration.file', OWN_UNIT)
    .input(
      z.object({
        name: z.string().trim().min(1).max(200),
        base64: z.base64().max(Math.ceil((LARGEST_KEPT * 4) / 3) + 4),
      }),
    )
    .output(type<KeptFile>()),
  /** A file of an application; what does not lie here is brought first. Each look is logged. @throws NOT_FOUND, CENTRE_UNREACHABLE; RULE evidence-not-there-yet */
  openFile: capable(READ, IN_SIGHT)
    .input(Id.extend({ sha256: Attachment.shape.sha256 }))
    .output(type<{ name: string; mediaType: string; base64: string }>()),
  /** The handler's telephone number; each look is logged. @throws NOT_FOUND */
  reveal: capable('restoration.reveal', IN_SIGHT, {
    whole: 'It is what is asked for, with a reason that is kept.',
  })
    .input(Id.extend({ reason: z.string().trim().min(2).max(200) }))
    .output(type<{ phone: string }>()),
  /**
   * A paper of it as a PDF: the application, or the commitment about one matter; each print is logged. A signature that cannot be had
   * leaves its place empty. @throws NOT_FOUND; RULE record-erased, restoration-matter-unknown, restoration-commitment-version
   */
  paper: capable('restoration.reveal', IN_SIGHT)
    .input(
      Id.extend({
        paper: z.discriminatedUnion('kind', [
          z.object({ kind: z.literal('application') }),
          z.object({ kind: z.literal('commitment'), matterId: z.string().min(1).max(64) }),
        ]),
      }),
    )
    .output(type<DocumentFile>()),
  file: capable('restoration.file', IN_SIGHT).input(FileRestoration).output(type<RestorationDetail>()),
  act: capableBy('action.step', RESTORATION_NEEDS, IN_SIGHT)
    .input(Id.extend({ revision: z.int().min(1), eventId: FormId, action: RestorationAction }))
    .output(type<RestorationDetail>()),
};
