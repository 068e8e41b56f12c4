import type { Instrument } from './codes.ts';
import { WAITING_STATUSES, type CaseState } from './state.ts';
import type { Party } from '../organisation/index.ts';
import { instrumentFor, type InstrumentCode, type Procedure } from '../procedure/index.ts';
import { DocumentKind } from '../document/index.ts';

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
 * The documents that make sense where a case stands, the one that its last step calls for first; the workstation offers
 * these. Which unit may issue an instrument, the case's procedure says: a mediation agreement (行政调解书) is the regulator's, a people's mediation agreement that
 * of units with a committee, and made where both sides agreed to delegated mediation; a settlement agreement is a
 * private contract and fits any settled case.
 */
export function issuableDocuments(
  state: CaseState,
  unit: { path: string; level: number; party: Party },
  procedure: Procedure,
): DocumentKind[] {
  if (state.historical || state.erased !== undefined) return [];
  const { status, settlement } = state;
  const may = (code: InstrumentCode): boolean => instrumentFor(procedure, code, unit) !== null;
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
    'settlement-agreement': settlement !== null && may('settlement-agreement'),
    'mediation-agreement':
      settlement?.instrument === 'administrative-mediation' && may('administrative-mediation'),
    'peoples-mediation-agreement':
      settlement !== null && state.consents.delegatedMediation && may('peoples-mediation'),
    dossier: true,
  };
  const first = calledFor(state);
  return DocumentKind.options
    .filter((kind) => fits[kind])
    .toSorted((a, b) => Number(b === first) - Number(a === first));
}
