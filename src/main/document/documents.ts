import { businessDay } from '../../domain/kernel/calendar/index.ts';
import { COPIES, NEEDED_FIELDS } from '../../domain/document/kinds.ts';
import { countNumbers, formatDocumentNumber } from '../../domain/numbers/index.ts';
import { renderAgreement } from './papers/agreement.ts';
import { agreementOf } from './papers/agreements.ts';
import { missingIn } from './papers/checks.ts';
import { drawPaper } from './papers/draw-paper.ts';
import { labels } from './papers/labels.zh-CN.ts';
import { papers } from './papers/papers.ts';
import { freeDocumentNumbers, peekDocumentNumber } from '../numbers/index.ts';
import { loadState } from '../kernel/store/index.ts';
import { logAccess, logFirstAccess } from '../kernel/access-log.ts';
import {
  caseFacts,
  contentHash,
  fileOf,
  numberOf,
  issuableHere,
  neededFields,
  requireCase,
  requireKind,
  viewOf,
} from './document-facts.ts';
import { issueDocument, readFile } from './issue.ts';
import { paperToSign, signDocument } from './sign.ts';
import { verifyDocument } from './verify.ts';
import { requireIdentity, todayOf, type CallContext } from '../kernel/parts.ts';
import { serviceError } from '../kernel/errors.ts';
import { committeeHere } from '../procedure/index.ts';
import { os } from '../kernel/implementer.ts';

/** The hash of the event that settled it: the printed code proves which record the paper was made from. */
async function settlingHash({ workstation }: CallContext, id: string): Promise<string> {
  const row = await workstation.store.read
    .selectFrom('event')
    .select('hash')
    .where('stream_kind', '=', 'case')
    .where('stream_id', '=', id)
    .where('type', '=', 'case-settled')
    .where('status', 'in', ['pending', 'accepted'])
    .orderBy('local_order', 'desc')
    .executeTakeFirst();
  if (!row) throw serviceError('NOT_FOUND');
  return row.hash;
}

const thisYear = ({ workstation }: CallContext): number => Number(todayOf(workstation).slice(0, 4));

async function countFree(context: CallContext): Promise<number> {
  const { deviceId } = requireIdentity(context);
  return countNumbers(await freeDocumentNumbers(context.workstation.store.read, deviceId, thisYear(context)));
}

export const documents = {
  agreement: os.documents.agreement.handler(async ({ context, input }) => {
    const state = await requireCase(context, input.caseId);
    if (!state.settlement) throw serviceError('NOT_FOUND');
    const facts = await caseFacts(context, state, { number: state.number, documentId: null, fields: {} });
    const { settlement } = state;
    const pdf = await renderAgreement({
      ...agreementOf(facts, settlement.instrument),
      organisation: context.workstation.directory.nameOf(settlement.unitPath),
      agreedOn: businessDay(settlement.at),
      lastEventHash: await settlingHash(context, input.caseId),
    });
    await logAccess(context, {
      action: 'print',
      kind: 'case',
      id: input.caseId,
      what: 'agreement',
    });
    return fileOf(state.number, pdf);
  }),
  forCase: os.documents.forCase.handler(async ({ context, input }) => {
    const { workstation } = context;
    const state = await requireCase(context, input.caseId);
    const rows = await workstation.store.read
      .selectFrom('document_file')
      .select('document_id')
      .where('case_id', '=', state.id)
      .execute();
    const here = new Set(rows.map((row) => row.document_id));
    return {
      issued: (state.documents ?? []).map((one) => viewOf(workstation, one, here)),
      issuable: issuableHere(context, state).map((kind) => ({
        kind,
        needs: [...NEEDED_FIELDS[kind]],
        copies: COPIES[kind],
      })),
      committee: committeeHere(workstation, state, requireIdentity(context).unitPath),
      freeNumbers: await countFree(context),
    };
  }),
  preview: os.documents.preview.handler(async ({ context, input }) => {
    const state = await requireCase(context, input.caseId);
    const { kind, fields } = input;
    requireKind(context, state, kind);
    const own = { number: labels.draftNumber, documentId: null, fields };
    const paper = papers[kind](await caseFacts(context, state, own));
    const { bytes, unprintable } = await drawPaper(paper, {
      contentHash: contentHash(paper),
      draft: true,
      signatures: [],
      signedOn: null,
    });
    // It is redrawn while the form is filled in.
    await logFirstAccess(context, {
      action: 'read',
      kind: 'case',
      id: state.id,
      what: `preview ${paper.title}`,
    });
    return {
      file: fileOf(`${state.number}-preview`, bytes),
      checks: { needed: neededFields(kind, fields), missing: missingIn(paper), unprintable },
    };
  }),
  issue: os.documents.issue.handler(({ context, input }) => issueDocument(context, input)),
  file: os.documents.file.handler(async ({ context, input }) => {
    const state = await requireCase(context, input.caseId);
    const file = await readFile(context, input);
    await logAccess(context, {
      action: 'print',
      kind: 'case',
      id: input.caseId,
      what: `${input.variant} ${numberOf(state, input.documentId)}`,
    });
    return file;
  }),
  toSign: os.documents.toSign.handler(({ context, input }) => paperToSign(context, input)),
  sign: os.documents.sign.handler(({ context, input }) => signDocument(context, input)),
  verify: os.documents.verify.handler(({ context, input }) => verifyDocument(context, input)),
  numbers: os.documents.numbers.handler(async ({ context }) => {
    const { workstation } = context;
    const { deviceId, unitPath } = requireIdentity(context);
    const year = thisYear(context);
    const state = await loadState(workstation.store.read, 'workstation', deviceId);
    const next = await peekDocumentNumber(workstation.store.read, deviceId, year);
    return {
      year,
      leased: countNumbers((state?.leases ?? []).filter((lease) => lease.year === year)),
      free: await countFree(context),
      next: next && formatDocumentNumber(next.pattern, { unitPath, year, sequence: next.sequence }),
    };
  }),
};
