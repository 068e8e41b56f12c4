import { hash } from 'node:crypto';
import type { DocumentFile, DocumentView } from '../../contract/workstation/document.ts';
import type { DocumentIssued } from '../../domain/document/events.ts';
import { COPIES, type DocumentFields, type DocumentKind } from '../../domain/document/kinds.ts';
import { verificationCode } from '../../domain/document/printed-code.ts';
import { codePointName } from '../../domain/kernel/text/index.ts';
import { formatDocumentNumber } from '../../domain/numbers/index.ts';
import { drawPaper } from './papers/draw-paper.ts';
import { Paper } from './papers/paper.ts';
import { papers } from './papers/papers.ts';
import { bookDocumentNumber, peekDocumentNumber } from '../numbers/index.ts';
import { RuleRefused } from '../kernel/store/index.ts';
import { logAccess } from '../kernel/access-log.ts';
import { caseFacts, contentHash, fileOf, requireCase, requireIssuable, viewOf } from './document-facts.ts';
import { command } from '../kernel/command.ts';
import {
  requireIdentity,
  todayOf,
  type CallContext,
  type StaffContext,
  type WorkstationParts,
} from '../kernel/parts.ts';
import { serviceError } from '../kernel/errors.ts';

export type IssueInput = {
  caseId: string;
  documentId: string;
  kind: DocumentKind;
  fields: DocumentFields;
  copies?: number | undefined;
  /** The person has seen what cannot be printed. */
  acknowledged?: boolean | undefined;
};

/** One issue at a time at a workstation: the next number is looked at, drawn on the PDF, and then taken. */
const queues = new WeakMap<WorkstationParts, Promise<unknown>>();

function inTurn<Result>(workstation: WorkstationParts, work: () => Promise<Result>): Promise<Result> {
  const run = (queues.get(workstation) ?? Promise.resolve()).then(work, work);
  queues.set(
    workstation,
    // The caller has the failure; the next in turn must not have it too.
    run.catch(() => undefined),
  );
  return run;
}

/** The next number of the year; asks the centre for more when there is none. @throws RULE no-document-number */
async function nextNumber(
  context: CallContext,
  year: number,
): Promise<{ sequence: number; pattern: string }> {
  const { workstation } = context;
  const { deviceId } = requireIdentity(context);
  const here = await peekDocumentNumber(workstation.store.read, deviceId, year);
  if (here) return here;
  await workstation.sync.run();
  const leased = await peekDocumentNumber(workstation.store.read, deviceId, year);
  if (!leased) throw new RuleRefused({ rule: 'no-document-number', parameters: { year } });
  return leased;
}

/**
 * Issues a document: its number, the fact in the log and the file are written in one transaction, so that a
 * crash leaves either all of them or none, and the number then is the next one's. Drawing the PDF comes before:
 * it takes long, and nothing else at the desk should wait for it.
 */
export function issueDocument(
  context: StaffContext,
  input: IssueInput,
): Promise<{ document: DocumentView; file: DocumentFile }> {
  return inTurn(context.workstation, () => issue(context, input));
}

/** A character with its code, which is seen also where the screen has no font for it. */
const characterWord = (character: string): string => `${character} (${codePointName(character)})`;

type Drawn = {
  caseId: string;
  revision: number;
  paper: Paper;
  bytes: Uint8Array;
  payload: DocumentIssued;
};

/** Takes the number that the paper bears, if it is still the next one, keeps the file and records the fact. */
const recordIssue = command({
  context: async (writer, call, { caseId, revision, paper, bytes, payload }: Drawn) => {
    const { documentId, year, sequence, sha256 } = payload;
    const now = await peekDocumentNumber(writer, requireIdentity(call).deviceId, year);
    if (now?.sequence !== sequence) throw serviceError('CONFLICT', { revision });
    await bookDocumentNumber(writer, year, sequence);
    await writer
      .insertInto('document_file')
      .values({
        document_id: documentId,
        variant: 'issued',
        case_id: caseId,
        sha256,
        bytes: Buffer.from(bytes),
        input: JSON.stringify(paper),
      })
      .execute();
  },
  decide: ({ caseId, payload }) => ({
    facts: [{ stream: { kind: 'case', id: caseId }, type: 'document-issued', version: 1, payload }],
    result: undefined,
  }),
});

async function issue(
  context: StaffContext,
  input: IssueInput,
): Promise<{ document: DocumentView; file: DocumentFile }> {
  const { workstation } = context;
  const { unitPath } = requireIdentity(context);
  const { caseId, documentId, kind, fields } = input;
  const before = await requireCase(context, caseId);
  if (!before.documents?.some((one) => one.documentId === documentId)) {
    requireIssuable(context, before, kind, fields);
    const today = todayOf(workstation);
    const year = Number(today.slice(0, 4));
    const { sequence, pattern } = await nextNumber(context, year);
    const state = await requireCase(context, caseId);
    const number = formatDocumentNumber(pattern, { unitPath, year, sequence });
    const paper = papers[kind](await caseFacts(context, state, { number, documentId, fields }));
    const content = contentHash(paper);
    const { bytes, unprintable } = await drawPaper(paper, {
      contentHash: content,
      draft: false,
      signatures: [],
      signedOn: null,
    });
    // Before the number is taken: it is given for good.
    if (unprintable.length > 0 && input.acknowledged !== true)
      throw new RuleRefused({
        rule: 'paper-unprintable',
        parameters: { characters: unprintable.map(characterWord).join(' ') },
      });
    await recordIssue(context, {
      caseId,
      revision: state.revision,
      paper,
      bytes,
      payload: {
        documentId,
        kind,
        number,
        year,
        sequence,
        issuedOn: today,
        copies: input.copies ?? COPIES[kind],
        sha256: hash('sha256', bytes),
        byteLength: bytes.byteLength,
        code: verificationCode(content),
      },
    });
    await logAccess(context, { action: 'print', kind: 'case', id: caseId, what: `issued ${number}` });
  }
  const file = await readFile(context, { caseId, documentId, variant: 'issued' });
  const document = (await requireCase(context, caseId)).documents?.find(
    (one) => one.documentId === documentId,
  );
  if (!document) throw serviceError('NOT_FOUND');
  return { document: viewOf(workstation, document, new Set([documentId])), file };
}

/** The kept bytes of a document. @throws RULE when they are kept at another workstation */
export async function readFile(
  { workstation }: CallContext,
  input: { caseId: string; documentId: string; variant: 'issued' | 'signed' },
): Promise<DocumentFile> {
  const row = await workstation.store.read
    .selectFrom('document_file')
    .select(['bytes', 'input'])
    .where('document_id', '=', input.documentId)
    .where('case_id', '=', input.caseId)
    .where('variant', '=', input.variant)
    .executeTakeFirst();
  if (!row) throw new RuleRefused({ rule: 'document-file-elsewhere' });
  const { number } = Paper.parse(JSON.parse(row.input));
  return fileOf(number, row.bytes, input.variant === 'signed' ? '-signed' : '');
}
