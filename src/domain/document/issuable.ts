import type { Instrument } from '../case/codes.ts';
import { WAITING_STATUSES, type CaseState } from '../case/state.ts';
import type { Party } from '../org/unit.ts';
import { DocumentKind } from './kinds.ts';

/** The document by which each instrument is put on paper. */
const OF_INSTRUMENT: Record<Instrument, DocumentKind> = {
  'settlement-agreement': 'settlement-agreement',
  'administrative-mediation': 'mediation-agreement',
  'mediation-record': 'mediation-record',
};

/** The document that the last step calls for, which most people want next; null where none does. */
function calledFor({ settlement, outcome }: CaseState): DocumentKind | null {
  if (outcome === 'refused') return 'refusal-notice';
  if (outcome === 'terminated') return 'termination-notice';
  return settlement === null ? null : OF_INSTRUMENT[settlement.instrument];
}

/**
 * The documents that make sense where a case stands, the one that its last step calls for first; the desk offers these. A mediation agreement (行政调解书)
 * is the regulator's instrument only; a people's mediation agreement is made where both sides agreed to
 * delegated mediation; a settlement agreement is a private contract and fits any settled case.
 */
export function issuableDocuments(state: CaseState, party: Party): DocumentKind[] {
  if (state.historical) return [];
  const { status, settlement } = state;
  const waiting = (WAITING_STATUSES as readonly string[]).includes(status);
  const mediating = status === 'accepted' || status === 'mediating';
  const fits: Record<DocumentKind, boolean> = {
    receipt: status !== 'closed',
    'identity-notice': waiting,
    'acceptance-notice': state.acceptedAt !== null && status !== 'closed',
    'refusal-notice': state.outcome === 'refused',
    'mediation-notice': mediating,
    'mediation-record': state.sessionCount > 0 || settlement?.instrument === 'mediation-record',
    'termination-notice': state.outcome === 'terminated',
    'settlement-agreement': settlement !== null,
    'mediation-agreement': settlement?.instrument === 'administrative-mediation' && party === 'regulator',
    'peoples-mediation-agreement': settlement !== null && state.consents.delegatedMediation,
    dossier: true,
  };
  const first = calledFor(state);
  return DocumentKind.options
    .filter((kind) => fits[kind])
    .toSorted((a, b) => Number(b === first) - Number(a === first));
}
