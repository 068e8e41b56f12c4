import { hash } from 'node:crypto';
import type { DocumentView } from '../../contract/workstation/document.ts';
import type { Signer } from '../../domain/document/kinds.ts';
import type { DocumentSigned } from '../../domain/document/events.ts';
import { renderPaper } from './papers/draw-paper.ts';
import { Paper, type SignatureInk } from './papers/paper.ts';
import { RuleRefused, type Writer } from '../kernel/store/index.ts';
import { contentHash, requireCase, viewOf } from './document-facts.ts';
import { command } from '../kernel/command.ts';
import { todayOf, type CallContext, type StaffContext } from '../kernel/parts.ts';
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
  const { workstation } = context;
  const { caseId, documentId } = input;
  const state = await requireCase(context, caseId);
  const document = state.documents?.find((one) => one.documentId === documentId);
  if (!document) throw serviceError('NOT_FOUND');
  // Said before it is drawn; the reducer says it again when it is recorded.
  if (document.signed !== null) throw new RuleRefused({ rule: 'document-signed-already' });
  const signed = input.manner === 'on-screen' ? await drawSigned(context, input) : null;
  await recordSignature(context, { input, signed });
  const next = (await requireCase(context, caseId)).documents?.find((one) => one.documentId === documentId);
  if (!next) throw serviceError('NOT_FOUND');
  return viewOf(workstation, next, new Set(signed ? [documentId] : []));
}

const recordSignature = command({
  context: async (
    writer,
    { workstation },
    { input, signed }: { input: SignInput; signed: Signed | null },
  ) => {
    if (signed) await keepSigned(writer, input.caseId, input.documentId, signed);
    return { today: todayOf(workstation) };
  },
  decide: ({ input, signed }, { today }) => {
    const payload: DocumentSigned = {
      documentId: input.documentId,
      manner: input.manner,
      signers: input.manner === 'on-screen' ? input.inks.map((ink) => ink.signer) : input.signers,
      signedOn: input.manner === 'on-paper' ? input.signedOn : today,
      sha256: signed?.sha256 ?? null,
      ...(input.manner === 'on-paper' && input.note ? { note: input.note } : {}),
    };
    const stream = { kind: 'case', id: input.caseId };
    return { facts: [{ stream, type: 'document-signed', version: 1, payload }], result: undefined };
  },
});

type Signed = { bytes: Uint8Array; sha256: string; input: string };

/** The paper as issued, with the strokes. @throws RULE when it was issued at another workstation */
async function drawSigned(
  { workstation }: CallContext,
  input: SignInput & { manner: 'on-screen' },
): Promise<Signed> {
  const row = await workstation.store.read
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
    signedOn: todayOf(workstation),
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
