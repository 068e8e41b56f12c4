import { hash } from 'node:crypto';
import type { DocumentView, PaperToSign } from '../../contract/workstation/document.ts';
import type { CaseState } from '../../domain/case/index.ts';
import type { Signer } from '../../domain/document/kinds.ts';
import type { DocumentSigned } from '../../domain/document/events.ts';
import { drawPaper, renderPaper } from './papers/draw-paper.ts';
import { Paper, type SignatureInk, type TypedSignature } from './papers/paper.ts';
import { RuleRefused, type Writer } from '../kernel/store/index.ts';
import { logAccess } from '../kernel/access-log.ts';
import { contentHash, fileOf, requireCase, viewOf } from './document-facts.ts';
import { command } from '../kernel/command.ts';
import { todayOf, type CallContext, type StaffContext } from '../kernel/parts.ts';
import { serviceError } from '../kernel/errors.ts';

type SignInput =
  | {
      manner: 'on-screen';
      caseId: string;
      documentId: string;
      inks: SignatureInk[];
      typed: TypedSignature[];
    }
  | {
      manner: 'on-paper';
      caseId: string;
      documentId: string;
      signers: Signer[];
      signedOn: string;
      note?: string | undefined;
    };

/**
 * Records that an issued document was signed. On screen, strokes and typed names are drawn into the paper as it was issued
 * and only there: the log keeps the signed file's hash, who signed and who of them typed, never the strokes.
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
      signers: input.manner === 'on-screen' ? signaturesOf(input).map(({ signer }) => signer) : input.signers,
      ...(input.manner === 'on-screen' && input.typed.length > 0
        ? { typed: input.typed.map(({ signer }) => signer) }
        : {}),
      signedOn: input.manner === 'on-paper' ? input.signedOn : today,
      sha256: signed?.sha256 ?? null,
      ...(input.manner === 'on-paper' && input.note ? { note: input.note } : {}),
    };
    const stream = { kind: 'case', id: input.caseId };
    return { facts: [{ stream, type: 'document-signed', version: 1, payload }], result: undefined };
  },
});

type Signed = { bytes: Uint8Array; sha256: string; input: string };

type OnScreen = SignInput & { manner: 'on-screen' };

const signaturesOf = ({ inks, typed }: OnScreen): (SignatureInk | TypedSignature)[] => [...inks, ...typed];

/** What was put on paper when the document was issued. @throws RULE when it was issued at another workstation */
async function issuedPaper(
  { workstation }: CallContext,
  caseId: string,
  documentId: string,
): Promise<{ paper: Paper; input: string }> {
  const row = await workstation.store.read
    .selectFrom('document_file')
    .select('input')
    .where('document_id', '=', documentId)
    .where('case_id', '=', caseId)
    .where('variant', '=', 'issued')
    .executeTakeFirst();
  if (!row) throw new RuleRefused({ rule: 'document-file-elsewhere' });
  return { paper: Paper.parse(JSON.parse(row.input)), input: row.input };
}

/** The paper as issued, with the signatures. @throws RULE when it was issued at another workstation */
async function drawSigned(context: CallContext, input: OnScreen): Promise<Signed> {
  const { paper, input: issued } = await issuedPaper(context, input.caseId, input.documentId);
  const bytes = await renderPaper(paper, {
    contentHash: contentHash(paper),
    draft: false,
    signatures: signaturesOf(input),
    signedOn: todayOf(context.workstation),
  });
  return { bytes, sha256: hash('sha256', bytes), input: issued };
}

/** An issued paper as it will be signed, drawn by the same hand. @throws NOT_FOUND; RULE when it was issued elsewhere */
export async function paperToSign(
  context: StaffContext,
  { caseId, documentId }: { caseId: string; documentId: string },
): Promise<PaperToSign> {
  const state = await requireCase(context, caseId);
  if (!state.documents?.some((one) => one.documentId === documentId)) throw serviceError('NOT_FOUND');
  const { paper } = await issuedPaper(context, caseId, documentId);
  const { bytes, places } = await drawPaper(paper, {
    contentHash: contentHash(paper),
    draft: false,
    signatures: [],
    signedOn: null,
  });
  await logAccess(context, {
    action: 'print',
    kind: 'case',
    id: caseId,
    what: `sign ${paper.number}`,
  });
  return { file: fileOf(paper.number, bytes), places, agreed: agreedBy(state, paper) };
}

/** What a signature on the paper agrees to. */
function agreedBy({ settlement }: CaseState, { kind }: Paper): PaperToSign['agreed'] {
  // A receipt is signed as well, and agrees to nothing.
  if (settlement === null || kind === 'receipt') return null;
  const { amountFen, terms, performance } = settlement;
  return {
    amountFen,
    terms,
    dueOn: performance.kind === 'by' ? performance.dueOn : null,
    instalments: performance.kind === 'by' ? (performance.instalments?.length ?? 0) : 0,
  };
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
