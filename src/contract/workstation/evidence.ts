import { type } from '@orpc/contract';
import { z } from 'zod';
import { ContentHash, EvidenceWithdrawn } from '../../domain/evidence/events.ts';
import { EvidenceKind } from '../../domain/evidence/media.ts';
import type { EvidenceItem } from '../../domain/evidence/reducer.ts';
import { IN_SIGHT } from '../../domain/organisation/index.ts';
import { capable, FormId, type StaffAccess } from './base.ts';

/** One piece of evidence as the case page shows it. */
export type EvidenceView = EvidenceItem & {
  unitName: string;
  mayWithdraw: boolean;
  /** The content lies on this workstation; otherwise it is fetched from the centre when it is opened. */
  held: boolean;
  /** Added here, and its content is not yet at the centre. */
  outstanding: boolean;
  /** Bytes that the centre has of an upload under way. */
  sent: number;
};

export type EvidenceList = {
  items: EvidenceView[];
  mayAdd: boolean;
  /** True when proof of performance may be added, which no agreement freezes. */
  mayProve: boolean;
  /** The rule that keeps the evidence as it is, when one does. */
  frozen: string | null;
};

/**
 * What goes with a file to `EVIDENCE_PATH`, as query parameters of a POST whose body is the file itself. Answers
 * with the `EvidenceView`, or with `{ code, data }` of `workstationErrors`.
 */
export const AddEvidence = z.object({
  caseId: z.string().min(1).max(64),
  name: z.string().trim().min(1).max(200),
  kind: EvidenceKind.optional(),
  note: z.string().trim().max(1000).optional(),
});
export type AddEvidence = z.infer<typeof AddEvidence>;

/** Files go beside the calls: POST here to add, GET `<this>/<case>/<sha256>` (with Range) to read. */
export const EVIDENCE_PATH = '/evidence';

/** Who may do so; asked before anything of the file is read. */
export const EVIDENCE_ACCESS = {
  add: { who: 'capable', needs: ['case.evidence'], scope: IN_SIGHT },
  // Nothing in a picture or a recording can be masked.
  read: { who: 'capable', needs: ['case.read', 'personal-data.reveal'], scope: IN_SIGHT },
} as const satisfies Record<string, StaffAccess>;

export const evidence = {
  list: capable('case.read', IN_SIGHT)
    .input(z.object({ caseId: z.string().max(64) }))
    .output(type<EvidenceList>()),
  withdraw: capable(['case.read', 'case.evidence'], IN_SIGHT)
    .input(
      EvidenceWithdrawn.extend({
        caseId: z.string().max(64),
        sha256: ContentHash,
        eventId: FormId.optional(),
      }),
    )
    .output(type<EvidenceList>()),
};
