import { z } from 'zod';
import { DocumentKind, Signer } from '../../../domain/document/kinds.ts';
import { DayText } from '../../../domain/kernel/event/event.ts';

const Entry = z.tuple([z.string(), z.string()]);

/** A signature drawn on a screen; see `Ink`. */
const SignatureInk = z.object({
  signer: Signer,
  width: z.number().min(10).max(4000),
  height: z.number().min(10).max(4000),
  strokes: z
    .array(z.array(z.number().min(-4000).max(8000)).min(2).max(4000))
    .min(1)
    .max(300),
});
export type SignatureInk = z.infer<typeof SignatureInk>;

/** A name typed in place of a signature by somebody who cannot draw one. */
export type TypedSignature = { signer: Signer; name: string };

/** A table below the paragraphs of a section; absent in papers of an older release. */
const Table = z.object({
  head: z.array(z.string()),
  rows: z.array(z.array(z.string())),
  foot: z.array(z.string()).optional(),
});

/**
 * All that a document says, in the order in which it says it. The words are in it, so that a document drawn
 * again years later says what it said, whatever became of the case and of the wording since.
 */
export const Paper = z.object({
  kind: DocumentKind,
  documentId: z.string().nullable(),
  title: z.string().min(1),
  number: z.string().min(1),
  organisation: z.string().min(1),
  caseNumber: z.string().min(1),
  day: DayText,
  addressee: z.string().nullable(),
  parties: z.array(z.object({ party: z.string(), lines: z.array(z.array(Entry)) })),
  opening: z.array(z.string()),
  sections: z.array(
    z.object({ heading: z.string(), paragraphs: z.array(z.string()), table: Table.optional() }),
  ),
  history: z.array(z.object({ when: z.string(), what: z.string(), who: z.string() })),
  /** Last section of a document that is signed: effect and copies. */
  closing: z.object({ heading: z.string(), paragraphs: z.array(z.string()) }).nullable(),
  /** Places to sign; the seal's place follows them. */
  places: z.array(z.object({ signer: Signer, label: z.string() })),
  seal: z.object({ label: z.string(), name: z.string() }),
  /** A line for whoever receives a notice, or none. */
  delivery: z.string().nullable(),
});
export type Paper = z.infer<typeof Paper>;

/** How a paper is drawn: as a preview, as issued, or with the signatures made on screen. */
export type PaperState = {
  /** 64 hexadecimal figures of which the verification code is made. */
  contentHash: string;
  draft: boolean;
  signatures: readonly (SignatureInk | TypedSignature)[];
  signedOn: string | null;
};
