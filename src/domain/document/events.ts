import { z } from 'zod';
import { DayText, Id } from '../kernel/event/event.ts';
import { told } from '../kernel/text/index.ts';
import { DocumentKind, Signer } from './kinds.ts';

/** SHA-256, hexadecimal. */
export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/**
 * Facts about a case's documents. They stand in the case's stream and change nothing of where it stands: what
 * was printed was printed, whatever became of the case meanwhile.
 */
export const documentSchemas = {
  'document-issued@1': z.object({
    documentId: Id,
    kind: DocumentKind,
    /** As printed, such as `甬海市监调〔2026〕第0001号`. */
    number: z.string().min(3).max(80),
    /** Year and sequence of the number in its unit's register. */
    year: z.int().min(2000).max(9999),
    sequence: z.int().min(1),
    issuedOn: DayText,
    copies: z.int().min(1).max(20),
    /** Of the PDF's bytes. */
    sha256: Sha256,
    byteLength: z.int().min(1),
    /** Printed at the foot of every page, made from all that the document says. */
    code: z.string().regex(/^[0-9A-F]{4}(-[0-9A-F]{4}){2}$/),
  }),
  'document-signed@1': z.object({
    documentId: Id,
    /** On screen: the signed PDF is a file of its own. On paper: the unit keeps the paper. */
    manner: z.enum(['on-screen', 'on-paper']),
    signers: z.array(Signer).min(1).max(3),
    /** Those of them who typed their name and confirmed it instead of drawing a signature; absent where nobody did. */
    typed: z.array(Signer).max(3).optional(),
    signedOn: DayText,
    /** Of the signed PDF's bytes; null for paper. */
    sha256: Sha256.nullable(),
    note: told(z.string().max(500)).optional(),
  }),
};
export type DocumentIssued = z.infer<(typeof documentSchemas)['document-issued@1']>;
export type DocumentSigned = z.infer<(typeof documentSchemas)['document-signed@1']>;
