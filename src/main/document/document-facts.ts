import { hash } from 'node:crypto';
import { sql } from 'kysely';
import type { DocumentFile, DocumentView } from '../../contract/workstation/document.ts';
import { canonicalJson } from '../../domain/kernel/event/canonical.ts';
import { documentsAt, type CaseState } from '../../domain/case/index.ts';
import {
  NEEDED_FIELDS,
  type DocumentField,
  type DocumentFields,
  type DocumentKind,
} from '../../domain/document/kinds.ts';
import type { IssuedDocument } from '../../domain/document/issued.ts';
import type { EventEnvelope } from '../../domain/kernel/event/event.ts';
import { may } from '../../domain/organisation/index.ts';
import type { CaseFacts } from './papers/case-facts.ts';
import type { Paper } from './papers/paper.ts';
import { loadState, openEvents, RuleRefused } from '../kernel/store/index.ts';
import type { EventTable } from '../kernel/store/schema.ts';
import {
  requireIdentity,
  todayOf,
  type CallContext,
  type StaffContext,
  type WorkstationParts,
} from '../kernel/parts.ts';
import { serviceError } from '../kernel/errors.ts';
import { procedureOfCase, unitHere } from '../procedure/index.ts';

/** The case in sight, or NOT_FOUND. */
export async function requireCase({ workstation }: CallContext, caseId: string): Promise<CaseState> {
  const state = await loadState(workstation.store.read, 'case', caseId);
  if (!state) throw serviceError('NOT_FOUND');
  return state;
}

/** A document's number, or its id where the case has no such document. */
export function numberOf({ documents }: CaseState, documentId: string): string {
  return documents?.find((one) => one.documentId === documentId)?.number ?? documentId;
}

/** The case's accepted and pending events: the centre's order first, this workstation's own last. */
async function eventsOf(workstation: WorkstationParts, caseId: string): Promise<EventEnvelope[]> {
  const { rows } = await sql<EventTable>`
    SELECT * FROM event WHERE stream_kind = 'case' AND stream_id = ${caseId} AND status IN ('accepted', 'pending')
    ORDER BY feed_position IS NULL, feed_position, device_sequence`.execute(workstation.store.read);
  return openEvents(workstation.store.read, rows);
}

/** What the signed-in person may issue of this case now, at this workstation. */
export function issuableHere(context: StaffContext, state: CaseState): DocumentKind[] {
  const { staff } = context;
  const { unitPath } = requireIdentity(context);
  const handled = staff.unitPath === unitPath && state.handledBy.includes(unitPath);
  if (!handled || !may(staff.role, 'case.handle')) return [];
  const { directory } = context.workstation;
  return documentsAt(state, unitPath, { ...directory, rules: directory.rules() });
}

/** Whether its kind fits is judged again when it is recorded. @throws RULE when it does not fit where the case stands */
export function requireKind(context: StaffContext, state: CaseState, kind: DocumentKind): void {
  if (!issuableHere(context, state).includes(kind)) {
    throw new RuleRefused({ rule: 'document-not-now', parameters: { status: state.status } });
  }
}

/** What the paper needs and the form does not say yet. */
export function neededFields(kind: DocumentKind, fields: DocumentFields): DocumentField[] {
  return NEEDED_FIELDS[kind].filter((field) => fields[field] === undefined);
}

/**
 * Said before the paper is drawn.
 * @throws RULE when the kind does not fit where the case stands, or a field it needs is missing
 */
export function requireIssuable(
  context: StaffContext,
  state: CaseState,
  kind: DocumentKind,
  fields: DocumentFields,
): void {
  requireKind(context, state, kind);
  const [missing] = neededFields(kind, fields);
  if (missing !== undefined) throw new RuleRefused({ rule: 'required', field: `fields.${missing}` });
}

/** All that a document of the case is made from, as of now. */
export async function caseFacts(
  context: StaffContext,
  state: CaseState,
  own: { number: string; documentId: string | null; fields: DocumentFields },
): Promise<CaseFacts> {
  const { workstation } = context;
  const { staff } = context;
  const { unitPath } = requireIdentity(context);
  const { merchantId } = state.merchant;
  const merchant =
    merchantId === null ? undefined : await loadState(workstation.store.read, 'merchant', merchantId);
  return {
    ...own,
    state,
    procedure: procedureOfCase(workstation, state),
    merchant,
    events: await eventsOf(workstation, state.id),
    organisation: { ...unitHere(workstation, unitPath), name: workstation.directory.nameOf(unitPath) },
    issuer: staff.name,
    today: todayOf(workstation),
    nameOf: (path) => workstation.directory.nameOf(path),
  };
}

/** The hash of all that a paper says: its printed code is the end of it. */
export function contentHash(paper: Paper): string {
  return hash('sha256', canonicalJson(paper));
}

export function fileOf(number: string, bytes: Uint8Array, suffix = ''): DocumentFile {
  return {
    // What a file name may not hold is left out; the number's own signs may stay.
    fileName: `${number.replaceAll(/[\\/:*?"<>|\s]/g, '')}${suffix}.pdf`,
    mediaType: 'application/pdf',
    base64: Buffer.from(bytes).toString('base64'),
  };
}

export function viewOf(
  workstation: WorkstationParts,
  document: IssuedDocument,
  filesHere: ReadonlySet<string>,
): DocumentView {
  return {
    ...document,
    unitName: workstation.directory.nameOf(document.unitPath),
    fileHere: filesHere.has(document.documentId),
  };
}
