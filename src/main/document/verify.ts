import { hash } from 'node:crypto';
import { sql } from 'kysely';
import type { DocumentProof, Verification } from '../../contract/workstation/document.ts';
import { documentSchemas } from '../../domain/document/events.ts';
import { plainNumber, readPrintedCode, verdictOn } from '../../domain/document/printed-code.ts';
import { DOCUMENT_MARK } from './papers/frame.ts';
import { PublishedGrade, readNoticeNumber } from '../../domain/credit/index.ts';
import { noticeCode } from './papers/grade-notice.ts';
import { readCardNumber } from '../../domain/merchant/index.ts';
import { cardCode } from '../../protocol/card-code.ts';
import { readQrCodes } from './read-qr.ts';
import { envelopeOf, loadState } from '../kernel/store/index.ts';
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

async function verifyNumber(
  workstation: WorkstationParts,
  number: string,
  code: string | undefined,
): Promise<Verification> {
  const card = readCardNumber(plainNumber(number));
  if (card) return verifyCard(workstation, card, code);
  const notice = readNoticeNumber(plainNumber(number));
  if (notice) return verifyNotice(workstation, notice, code);
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
  return { verdict: verdictOn(code, document.code), document };
}

/** A card in a shop's window: what it says is what the merchant's version says, whether that still holds or not. */
async function verifyCard(
  workstation: WorkstationParts,
  { idEnd, version }: { idEnd: string; version: number },
  code: string | undefined,
): Promise<Verification> {
  const { rows } = await sql<{ id: string }>`
    SELECT id FROM merchant_row WHERE replace(id, '-', '') LIKE ${`%${idEnd}`}`.execute(
    workstation.store.read,
  );
  for (const { id } of rows) {
    const merchant = await loadState(workstation.store.read, 'merchant', id);
    const commitment = merchant?.commitments.find((one) => one.version === version);
    if (!merchant || !commitment) continue;
    const { windowDays, effectiveFrom, effectiveTo } = commitment;
    const known = cardCode(id, commitment);
    return {
      verdict: verdictOn(code, known.code),
      promise: {
        ...known,
        merchantId: id,
        merchantName: merchant.name,
        version,
        windowDays,
        effectiveFrom,
        effectiveTo,
      },
    };
  }
  return { verdict: 'unknown', sha256: null };
}

/**
 * A notice of a grade: what it says is what was published for the month. Several may have been, where one was corrected: the one whose
 * code agrees, else the last.
 */
async function verifyNotice(
  workstation: WorkstationParts,
  { idEnd, month }: { idEnd: string; month: string },
  code: string | undefined,
): Promise<Verification> {
  const { rows } = await sql<EventTable>`
    SELECT event.* FROM credit_row JOIN event ON event.stream_kind = 'credit' AND event.stream_id = credit_row.id
    WHERE replace(credit_row.id, '-', '') LIKE ${`%${idEnd}`} AND event.type = 'grade-published'
      AND event.payload ->> '$.month' = ${month} AND event.status IN ('accepted', 'pending')
    ORDER BY event.at`.execute(workstation.store.read);
  const published = rows.flatMap((row) => {
    const { at, stream, payload } = envelopeOf(row);
    const read = PublishedGrade.safeParse(payload);
    return read.success
      ? [{ at, merchantId: stream.id, grade: read.data, known: noticeCode(stream.id, read.data) }]
      : [];
  });
  const last = published.at(-1);
  if (!last) return { verdict: 'unknown', sha256: null };
  const shown = published.find(({ known }) => verdictOn(code, known.code) === 'agrees') ?? last;
  const { merchantId, grade, known, at } = shown;
  const merchant = await loadState(workstation.store.read, 'merchant', merchantId);
  const current = await loadState(workstation.store.read, 'credit', merchantId);
  return {
    verdict: verdictOn(code, known.code),
    grade: {
      ...known,
      merchantId,
      merchantName: merchant?.name ?? merchantId,
      month,
      grade: grade.grade,
      points: grade.points,
      publishedAt: at,
      superseded: current?.grade?.at !== at,
    },
  };
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
  if (marked === undefined) {
    // A card, and a notice of a grade, is no numbered paper of a case: it says in its file what its QR code says.
    const card = /HESHI:[PG]-[0-9A-F]{12}-\d+:[0-9A-F-]+/.exec(bytes.toString('latin1'));
    const printed = card && readPrintedCode(card[0]);
    return printed ? verifyNumber(workstation, printed.number, printed.code) : { verdict: 'foreign', sha256 };
  }
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
