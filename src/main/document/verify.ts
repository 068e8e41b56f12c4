import { hash } from 'node:crypto';
import { sql } from 'kysely';
import type { DocumentProof, Verification } from '../../contract/workstation/document.ts';
import { documentSchemas } from '../../domain/document/events.ts';
import { readPrintedCode } from '../../domain/document/printed-code.ts';
import { DOCUMENT_MARK } from './papers/frame.ts';
import { readQrCodes } from './read-qr.ts';
import { envelopeOf } from '../kernel/store/index.ts';
import type { EventTable } from '../kernel/store/schema.ts';
import type { CallContext, WorkstationParts } from '../kernel/parts.ts';

/** The fact that issued a document, by its id, or null. */
async function proofOf(workstation: WorkstationParts, documentId: string): Promise<DocumentProof | null> {
  const { rows } = await sql<EventTable>`
    SELECT * FROM event
    WHERE type IN ('document-issued', 'document-signed') AND payload ->> '$.documentId' = ${documentId}`.execute(
    workstation.store.read,
  );
  const row = rows.find((one) => one.type === 'document-issued');
  if (!row) return null;
  const event = envelopeOf(row);
  const read = documentSchemas['document-issued@1'].safeParse(event.payload);
  if (!read.success) return null;
  const { number, kind, code, sha256 } = read.data;
  return {
    number,
    kind,
    code,
    sha256,
    issuedAt: event.at,
    issuedBy: event.actor.name,
    unitName: workstation.directory.nameOf(event.unitPath),
    caseId: event.stream.id,
    signed: rows.some(
      (one) => one.type === 'document-signed' && (one.status === 'accepted' || one.status === 'pending'),
    ),
    status: row.status,
  };
}

/** Brackets, blanks and widths differ from keyboard to keyboard; figures and words do not. */
function plainNumber(number: string): string {
  return number
    .normalize('NFKC')
    .replaceAll(/[\s〔〕[\]()【】]/g, '')
    .toUpperCase();
}

async function verifyNumber(
  workstation: WorkstationParts,
  number: string,
  code: string | undefined,
): Promise<Verification> {
  const wanted = plainNumber(number);
  const { rows } = await sql<{ documentId: string; number: string; code: string }>`
    SELECT payload ->> '$.documentId' AS "documentId", payload ->> '$.number' AS number,
      payload ->> '$.code' AS code
    FROM event WHERE type = 'document-issued' AND payload ->> '$.number' IS NOT NULL`.execute(
    workstation.store.read,
  );
  const found = rows.find((row) => plainNumber(row.number) === wanted);
  const document = found ? await proofOf(workstation, found.documentId) : null;
  if (!document) return { verdict: 'unknown', sha256: null };
  const letters = (text: string): string => text.toUpperCase().replaceAll(/[^0-9A-F]/g, '');
  if (code === undefined || code.trim() === '') return { verdict: 'code-not-given', document };
  return { verdict: letters(code) === letters(document.code) ? 'agrees' : 'code-differs', document };
}

/** Every PDF begins so, perhaps behind a few bytes that some programs put there. */
const isPdf = (bytes: Buffer): boolean => bytes.subarray(0, 1024).includes('%PDF-');

/** A picture of a paper: what the QR code on it says is checked as if it had been typed. */
async function verifyPicture(
  workstation: WorkstationParts,
  bytes: Buffer,
  sha256: string,
): Promise<Verification> {
  const printed = (await readQrCodes(bytes)).map(readPrintedCode).find((one) => one !== null);
  return printed ? verifyNumber(workstation, printed.number, printed.code) : { verdict: 'no-code', sha256 };
}

async function verifyFile(workstation: WorkstationParts, bytes: Buffer): Promise<Verification> {
  const sha256 = hash('sha256', bytes);
  if (!isPdf(bytes)) return verifyPicture(workstation, bytes, sha256);
  const { rows } = await sql<{ documentId: string; type: string }>`
    SELECT payload ->> '$.documentId' AS "documentId", type FROM event
    WHERE type IN ('document-issued', 'document-signed') AND payload ->> '$.sha256' = ${sha256}`.execute(
    workstation.store.read,
  );
  const same = rows[0];
  if (same) {
    const document = await proofOf(workstation, same.documentId);
    if (document)
      return {
        verdict: 'unchanged',
        variant: same.type === 'document-signed' ? 'signed' : 'issued',
        sha256,
        document,
      };
  }
  // A changed file still names the document that it was.
  const marked = new RegExp(`${DOCUMENT_MARK}([0-9a-f-]{36})`).exec(bytes.toString('latin1'))?.[1];
  if (marked === undefined) return { verdict: 'foreign', sha256 };
  const document = await proofOf(workstation, marked);
  return document ? { verdict: 'altered', sha256, document } : { verdict: 'unknown', sha256 };
}

/**
 * Checks a file, or a number with its code, against this workstation's log: the cases its unit may see. The
 * log is hash-chained and confirmed by the centre; what is found there was issued as it says. A number may be the whole
 * text of a paper's QR code, as a hand scanner types it.
 */
export async function verifyDocument(
  context: CallContext,
  input: { base64: string } | { number: string; code?: string | undefined },
): Promise<Verification> {
  const { workstation } = context;
  if (!('number' in input)) return verifyFile(workstation, Buffer.from(input.base64, 'base64'));
  const scanned = readPrintedCode(input.number);
  return scanned
    ? verifyNumber(workstation, scanned.number, scanned.code)
    : verifyNumber(workstation, input.number, input.code);
}
