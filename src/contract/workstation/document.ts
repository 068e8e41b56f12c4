import { type } from '@orpc/contract';
import { z } from 'zod';
import type { IssuedDocument } from '../../domain/document/issued.ts';
import { DocumentFields, DocumentKind, Signer, type DocumentField } from '../../domain/document/kinds.ts';
import { IN_SIGHT, OWN_UNIT } from '../../domain/organisation/index.ts';
import { capable } from './base.ts';

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

/** A name typed in place of a signature, by somebody who cannot draw one. */
const TypedName = z.object({ signer: Signer, name: z.string().trim().min(1).max(60) });

/** What a paper leaves blank because the case does not know it. */
export const MISSING_PARTS = [
  'consumer-phone',
  'consumer-address',
  'merchant-phone',
  'merchant-address',
  'merchant-contact',
] as const;
export type MissingPart = (typeof MISSING_PARTS)[number];

/** What to look at before a paper is given its number. */
export type PaperChecks = {
  /** Fields of the form that the paper still needs. */
  needed: DocumentField[];
  missing: MissingPart[];
  /** Characters that no font here shows: they stand on the paper as their codes, or as an empty box. */
  unprintable: string[];
};

/** Where somebody signs: the page, from 0, and the place on it in points from its left upper corner. */
export type SigningPlace = {
  signer: Signer;
  page: number;
  x: number;
  y: number;
  width: number;
  height: number;
};

/** An issued paper as it is signed: its pages, where to sign, and what is agreed by it. */
export type PaperToSign = {
  file: DocumentFile;
  places: SigningPlace[];
  /** What the signature agrees to; null on a paper that settles nothing. */
  agreed: { amountFen: number; terms: string; dueOn: string | null; instalments: number } | null;
};

const CaseId = z.string().min(1).max(64);

/** A PDF or a picture of a paper checked against the log, or a number with the code printed beside it. */
export const VerifyInput = z.union([
  z.object({ base64: z.base64().max(40_000_000) }),
  // A scanner types the whole text of the QR code.
  z.object({ number: z.string().trim().min(3).max(1000), code: z.string().trim().max(20).optional() }),
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

/** A promise as the log has it, whose card was shown. */
export type PromiseProof = {
  number: string;
  code: string;
  merchantId: string;
  merchantName: string;
  version: number;
  windowDays: number;
  effectiveFrom: string;
  effectiveTo: string | null;
};

/** A grade as it was published, whose notice was shown. */
export type GradeProof = {
  number: string;
  code: string;
  merchantId: string;
  merchantName: string;
  month: string;
  /** Null where it is not rated. */
  grade: string | null;
  points: number;
  publishedAt: string;
  /** A later grade has taken its place. */
  superseded: boolean;
};

/**
 * unchanged: these very bytes are in the log, as issued or as signed. altered: the file names a document of the
 * log, but its bytes are others. agrees: number and code are those of the log. code-not-given: the number is in the log, and
 * nothing was said of the code. code-differs: the number is in the log with another code. unknown: it is a paper's number,
 * or its file, but nothing of it is in this log. foreign: the file is none that a workstation made. no-code: a picture in
 * which no code of a paper was found.
 */
export type Verification =
  | { verdict: 'unchanged'; variant: 'issued' | 'signed'; sha256: string; document: DocumentProof }
  | { verdict: 'altered'; sha256: string; document: DocumentProof }
  | { verdict: 'agrees' | 'code-not-given' | 'code-differs'; document: DocumentProof }
  | { verdict: 'agrees' | 'code-not-given' | 'code-differs'; promise: PromiseProof }
  | { verdict: 'agrees' | 'code-not-given' | 'code-differs'; grade: GradeProof }
  | { verdict: 'unknown'; sha256: string | null }
  | { verdict: 'foreign' | 'no-code'; sha256: string };

export type NumbersHere = {
  year: number;
  /** Numbers leased to this workstation this year, used and left. */
  leased: number;
  free: number;
  next: string | null;
};

/** A paper shows telephones and addresses as they are: nothing on it can be masked. */
const PAPER = ['case.read', 'personal-data.reveal'] as const;

export const documents = {
  /** The agreement of a settled case as PDF, without a number of the register; each print is logged. */
  agreement: capable(PAPER, IN_SIGHT)
    .input(z.object({ caseId: CaseId }))
    .output(type<DocumentFile>()),
  forCase: capable('case.read', IN_SIGHT)
    .input(z.object({ caseId: CaseId }))
    .output(type<CaseDocuments>()),
  /**
   * How it would look: unnumbered, with words across each page that say so, whatever of the form is still empty. With it
   * what to look at before it is numbered.
   */
  preview: capable([...PAPER, 'case.handle'], IN_SIGHT)
    .input(z.object({ caseId: CaseId, kind: DocumentKind, fields: DocumentFields }))
    .output(type<{ file: DocumentFile; checks: PaperChecks }>()),
  /**
   * Numbers and records it, all or nothing; the same `documentId` again gives the same document. @throws RULE when it holds
   * what cannot be printed, unless `acknowledged` says that the person has seen it
   */
  issue: capable([...PAPER, 'case.handle'], IN_SIGHT)
    .input(
      z.object({
        caseId: CaseId,
        documentId: z.uuid(),
        kind: DocumentKind,
        fields: DocumentFields,
        copies: z.int().min(1).max(20).optional(),
        acknowledged: z.boolean().optional(),
      }),
    )
    .output(type<{ document: DocumentView; file: DocumentFile }>()),
  /** The very bytes that were issued or signed; each is logged as a print. */
  file: capable(PAPER, IN_SIGHT)
    .input(
      z.object({ caseId: CaseId, documentId: z.string().max(64), variant: z.enum(['issued', 'signed']) }),
    )
    .output(type<DocumentFile>()),
  /** An issued document of this workstation as it will be signed on the screen. */
  toSign: capable([...PAPER, 'case.handle'], IN_SIGHT)
    .input(z.object({ caseId: CaseId, documentId: z.string().max(64) }))
    .output(type<PaperToSign>()),
  sign: capable(['case.read', 'case.handle'], IN_SIGHT)
    .input(
      z.discriminatedUnion('manner', [
        z.object({
          manner: z.literal('on-screen'),
          caseId: CaseId,
          documentId: z.string().max(64),
          inks: z.array(Ink).max(3),
          typed: z.array(TypedName).max(3).default([]),
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
  verify: capable('case.read', IN_SIGHT).input(VerifyInput).output(type<Verification>()),
  numbers: capable('case.read', OWN_UNIT).output(type<NumbersHere>()),
};
