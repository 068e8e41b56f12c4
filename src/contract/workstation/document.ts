import { type } from '@orpc/contract';
import { z } from 'zod';
import type { IssuedDocument } from '../../domain/document/issued.ts';
import { DocumentFields, DocumentKind, Signer, type DocumentField } from '../../domain/document/kinds.ts';
import { IN_SIGHT, OWN_UNIT } from '../../domain/organisation/index.ts';
import { capable, signedIn } from './base.ts';

/** A PDF on its way to the screen. */
export type DocumentFile = { fileName: string; mediaType: 'application/pdf'; base64: string };

export type DocumentView = IssuedDocument & {
  unitName: string;
  /** Whether this workstation holds the files: the one that issued it does. */
  fileHere: boolean;
};

export type CaseDocuments = {
  issued: DocumentView[];
  /** What may be issued now by the signed-in person, and what each needs to be told. */
  issuable: { kind: DocumentKind; needs: DocumentField[]; copies: number }[];
  /** The people's mediation committee of this workstation's unit, where the case's procedure names one. */
  committee: string | null;
  /** Document numbers left on this workstation for this year. */
  freeNumbers: number;
};

/** Strokes as drawn: x, y, x, y, … within a field of that size. */
const Ink = z.object({
  signer: Signer,
  width: z.number().min(10).max(4000),
  height: z.number().min(10).max(4000),
  strokes: z
    .array(z.array(z.number().min(-4000).max(8000)).min(2).max(4000))
    .min(1)
    .max(300),
});

const CaseId = z.string().min(1).max(64);

/** A file checked against the log, or a number with the code printed beside it. */
export const VerifyInput = z.union([
  z.object({ base64: z.base64().max(40_000_000) }),
  z.object({ number: z.string().trim().min(3).max(80), code: z.string().trim().max(20).optional() }),
]);

/** The facts of a document as the log has them. */
export type DocumentProof = {
  number: string;
  kind: DocumentKind;
  issuedAt: string;
  issuedBy: string;
  unitName: string;
  caseId: string;
  code: string;
  sha256: string;
  signed: boolean;
  /** accepted: the centre has it; pending: only this workstation; rejected: a rule refused the fact. */
  status: 'pending' | 'accepted' | 'rejected' | 'quarantined' | 'unknown';
};

/**
 * unchanged: these very bytes are in the log, as issued or as signed. altered: the file names a document of the
 * log, but its bytes are others. known: the number is in the log (and the code, when given, is right).
 * code-differs: the number is in the log with another code. unknown: nothing of it is in this log.
 */
export type Verification =
  | { verdict: 'unchanged'; variant: 'issued' | 'signed'; sha256: string; document: DocumentProof }
  | { verdict: 'altered'; sha256: string; document: DocumentProof }
  | { verdict: 'known' | 'code-differs'; document: DocumentProof }
  | { verdict: 'unknown'; sha256: string | null };

export type NumbersHere = {
  year: number;
  /** Numbers leased to this workstation this year, used and left. */
  leased: number;
  free: number;
  next: string | null;
};

export const documents = {
  /** The agreement of a settled case as PDF, without a number of the register; each print is logged. */
  agreement: signedIn(IN_SIGHT)
    .input(z.object({ caseId: CaseId }))
    .output(type<DocumentFile>()),
  forCase: signedIn(IN_SIGHT)
    .input(z.object({ caseId: CaseId }))
    .output(type<CaseDocuments>()),
  /** How it would look: unnumbered, with words across each page that say so. */
  preview: capable('case.handle', IN_SIGHT)
    .input(z.object({ caseId: CaseId, kind: DocumentKind, fields: DocumentFields }))
    .output(type<DocumentFile>()),
  /** Numbers and records it, all or nothing; the same `documentId` again gives the same document. */
  issue: capable('case.handle', IN_SIGHT)
    .input(
      z.object({
        caseId: CaseId,
        documentId: z.uuid(),
        kind: DocumentKind,
        fields: DocumentFields,
        copies: z.int().min(1).max(20).optional(),
      }),
    )
    .output(type<{ document: DocumentView; file: DocumentFile }>()),
  /** The very bytes that were issued or signed; each is logged as a print. */
  file: signedIn(IN_SIGHT)
    .input(
      z.object({ caseId: CaseId, documentId: z.string().max(64), variant: z.enum(['issued', 'signed']) }),
    )
    .output(type<DocumentFile>()),
  sign: capable('case.handle', IN_SIGHT)
    .input(
      z.discriminatedUnion('manner', [
        z.object({
          manner: z.literal('on-screen'),
          caseId: CaseId,
          documentId: z.string().max(64),
          inks: z.array(Ink).min(1).max(3),
        }),
        z.object({
          manner: z.literal('on-paper'),
          caseId: CaseId,
          documentId: z.string().max(64),
          signers: z.array(Signer).min(1).max(3),
          signedOn: z.iso.date(),
          note: z.string().trim().max(500).optional(),
        }),
      ]),
    )
    .output(type<DocumentView>()),
  verify: signedIn(IN_SIGHT).input(VerifyInput).output(type<Verification>()),
  numbers: signedIn(OWN_UNIT).output(type<NumbersHere>()),
};
