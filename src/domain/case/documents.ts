import type { Fact } from '../kernel/event/event.ts';
import { illegal, legal, type Ruling } from '../kernel/event/ruling.ts';
import { may } from '../organisation/index.ts';
import type { DocumentIssued, DocumentSigned, IssuedDocument } from '../document/index.ts';
import type { CaseState } from './state.ts';

type Read =
  | { key: 'document-issued@1'; payload: DocumentIssued }
  | { key: 'document-signed@1'; payload: DocumentSigned };

/**
 * Applies a fact about a document. Any unit that handles or has handled the case may have issued one: paper
 * that left a workstation while the case moved on is still paper, and its number must not be lost to a refusal.
 */
export function applyDocument(state: CaseState, fact: Fact, read: Read): Ruling<CaseState> {
  if (!may(fact.actor.role, 'case.handle'))
    return illegal('role-may-not', undefined, { role: fact.actor.role });
  if (fact.actor.unitPath !== fact.unitPath || !state.handledBy.includes(fact.unitPath))
    return illegal('not-handling-unit', undefined, { handling: state.handlingPath });
  const documents = state.documents ?? [];
  const known = documents.find((one) => one.documentId === read.payload.documentId);
  const next = (all: IssuedDocument[]): Ruling<CaseState> =>
    legal({ ...state, documents: all, revision: state.revision + 1 });
  if (read.key === 'document-issued@1') {
    if (known) return illegal('document-exists');
    const issued: IssuedDocument = {
      ...read.payload,
      unitPath: fact.unitPath,
      issuedAt: fact.at,
      issuedBy: fact.actor.name,
      signed: null,
    };
    return next([...documents, issued]);
  }
  if (!known) return illegal('document-missing');
  if (known.signed !== null) return illegal('document-signed-already');
  const { documentId, ...signed } = read.payload;
  return next(
    documents.map((one) =>
      one.documentId === documentId
        ? { ...one, signed: { ...signed, at: fact.at, by: fact.actor.name } }
        : one,
    ),
  );
}
