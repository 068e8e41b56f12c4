import { hash } from 'node:crypto';
import type { DocumentView } from '../../contract/workstation/document.ts';
import { SIGNERS, type Signer } from '../../domain/document/kinds.ts';
import type { DocumentSigned } from '../../domain/document/events.ts';
import { renderPaper } from './papers/draw-paper.ts';
import { Paper, type SignatureInk } from './papers/paper.ts';
import { RuleRefused, type Writer } from '../kernel/store/index.ts';
import { contentHash, requireCase, viewOf } from './document-facts.ts';
import { record, todayOf, type CallContext, type StaffContext } from '../kernel/desk.ts';
import { serviceError } from '../kernel/errors.ts';

type SignInput =
  | { manner: 'on-screen'; caseId: string; documentId: string; inks: SignatureInk[] }
  | {
      manner: 'on-paper';
      caseId: string;
      documentId: string;
      signers: Signer[];
      signedOn: string;
      note?: string | undefined;
    };

/**
 * Records that an issued document was signed. On screen, the strokes are drawn into the paper as it was issued
 * and only there: the log keeps the signed file's hash and who signed, never the strokes.
 */
export async function signDocument(context: StaffContext, input: SignInput): Promise<DocumentView> {
  const { desk } = context;
  const { caseId, documentId } = input;
  const state = await requireCase(context, caseId);
  const document = state.documents?.find((one) => one.documentId === documentId);
  if (!document) throw serviceError('NOT_FOUND');
  if (document.signed !== null) throw new RuleRefused({ rule: 'document-signed-already' });
  const signers = input.manner === 'on-screen' ? input.inks.map((ink) => ink.signer) : input.signers;
  const stranger = signers.find((one) => !SIGNERS[document.kind].includes(one));
  if (stranger !== undefined || new Set(signers).size !== signers.length) {
    throw new RuleRefused({ rule: 'signer-not-of-document', field: 'signers' });
  }
  const signed = input.manner === 'on-screen' ? await drawSigned(context, input) : null;
  const today = todayOf(desk);
  await record(context, async (writer) => {
    const payload: DocumentSigned = {
      documentId,
      manner: input.manner,
      signers,
      signedOn: input.manner === 'on-paper' ? input.signedOn : today,
      sha256: signed?.sha256 ?? null,
      ...(input.manner === 'on-paper' && input.note ? { note: input.note } : {}),
    };
    if (payload.signedOn > today) throw new RuleRefused({ rule: 'date-in-future', field: 'signedOn' });
    if (signed) await keepSigned(writer, caseId, documentId, signed);
    const stream = { kind: 'case' as const, id: caseId };
    return { facts: [{ stream, type: 'document-signed', version: 1, payload }], result: undefined };
  });
  const next = (await requireCase(context, caseId)).documents?.find((one) => one.documentId === documentId);
  if (!next) throw serviceError('NOT_FOUND');
  return viewOf(desk, next, new Set(signed ? [documentId] : []));
}

type Signed = { bytes: Uint8Array; sha256: string; input: string };

/** The paper as issued, with the strokes. @throws RULE when it was issued at another workstation */
async function drawSigned(
  { desk }: CallContext,
  input: SignInput & { manner: 'on-screen' },
): Promise<Signed> {
  const row = await desk.store.read
    .selectFrom('document_file')
    .select('input')
    .where('document_id', '=', input.documentId)
    .where('variant', '=', 'issued')
    .executeTakeFirst();
  if (!row) throw new RuleRefused({ rule: 'document-file-elsewhere' });
  const paper = Paper.parse(JSON.parse(row.input));
  const bytes = await renderPaper(paper, {
    contentHash: contentHash(paper),
    draft: false,
    signatures: input.inks,
    signedOn: todayOf(desk),
  });
  return { bytes, sha256: hash('sha256', bytes), input: row.input };
}

async function keepSigned(writer: Writer, caseId: string, documentId: string, signed: Signed): Promise<void> {
  await writer
    .insertInto('document_file')
    .values({
      document_id: documentId,
      variant: 'signed',
      case_id: caseId,
      sha256: signed.sha256,
      bytes: Buffer.from(signed.bytes),
      input: signed.input,
    })
    .execute();
}
