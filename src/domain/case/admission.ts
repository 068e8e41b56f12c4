import { SIGNERS, type DocumentKind } from '../document/index.ts';
import { businessDay } from '../kernel/calendar/index.ts';
import { refusalOfNumber, refusalOfUnit, type AdmissionContext } from '../kernel/event/admission.ts';
import { ERASURE } from '../kernel/event/erasure.ts';
import type { Fact, RecordedFact } from '../kernel/event/event.ts';
import type { Refusal } from '../kernel/event/ruling.ts';
import { may } from '../organisation/index.ts';
import { calendarAt, instrumentFor, procedureOfCase, type Rulebook } from '../procedure/index.ts';
import { Instrument } from './codes.ts';
import { caseDeadline, type Deadline } from './deadline.ts';
import type { CasePayload } from './events.ts';
import { issuableDocuments } from './issuable.ts';
import type { CaseState } from './state.ts';

/** What is asked of the units and rules, by whoever knows them. */
export type CaseRules = Pick<AdmissionContext<Rulebook>, 'rules' | 'levelOf' | 'partyOf'>;

/** The person an event gives a case to; nobody for any other event. */
export function peopleNamed({ type, payload }: Pick<RecordedFact, 'type' | 'payload'>): string[] {
  if (type !== 'case-assigned' || typeof payload !== 'object' || payload === null) return [];
  return 'staffId' in payload && typeof payload.staffId === 'string' ? [payload.staffId] : [];
}

/** The deadline that runs in a case, by its own procedure and the calendar where it was registered. */
export function runningDeadline(state: CaseState, { rules, levelOf, partyOf }: CaseRules): Deadline | null {
  return caseDeadline(
    state,
    levelOf(state.handlingPath),
    partyOf(state.handlingPath) === 'regulator',
    calendarAt(rules, state.registeredPath),
    procedureOfCase(rules, state),
  );
}

/** The instruments with which the case's handling unit may settle it. */
export function instrumentsOf(state: CaseState, { rules, levelOf, partyOf }: CaseRules): Instrument[] {
  const procedure = procedureOfCase(rules, state);
  const path = state.handlingPath;
  const unit = { path, level: levelOf(path), party: partyOf(path) };
  return Instrument.options.filter((code) => instrumentFor(procedure, code, unit) !== null);
}

/** The documents that a unit which handles the case, or has handled it, may issue as it stands. */
export function documentsAt(state: CaseState, path: string, units: CaseRules): DocumentKind[] {
  const unit = { path, level: units.levelOf(path), party: units.partyOf(path) };
  const kinds = issuableDocuments(state, unit, procedureOfCase(units.rules, state));
  // A unit that passed the case on may still issue what it holds, not decide in the other's place.
  return state.handlingPath === path ? kinds : kinds.filter((kind) => kind === 'dossier');
}

/**
 * Why a step that is legal in itself is refused: a unit it goes to does not exist, a person does not belong to the unit
 * (both sides); the unit may not settle by that instrument or issue that paper, the deadline has not passed, somebody
 * signs whom the paper does not concern (the workstation only, which knows it at that moment: what both sides have
 * signed by the time it arrives is a fact).
 */
export function refusalOfCaseFact(
  before: CaseState | undefined,
  fact: Fact,
  after: CaseState,
  context: AdmissionContext<Rulebook>,
): Refusal | null {
  // A register that is imported brings its own numbers.
  if (before === undefined)
    return fact.type === 'case-registered' ? refusalOfNumber(after.number, context) : null;
  // The centre takes it down for the consumer, nobody at a workstation answers for them; and it alone erases.
  if ((fact.type === 'satisfaction-answered' || fact.type === ERASURE) && !context.source.centre)
    return { rule: 'stream-not-yours' };
  const moved = after.handlingPath !== before.handlingPath;
  const elsewhere = moved ? refusalOfUnit(after.handlingPath, 'toPath', context) : null;
  if (elsewhere !== null) return elsewhere;
  const joined = (after.joinedUnits?.length ?? 0) > (before.joinedUnits?.length ?? 0);
  const strange = joined ? refusalOfUnit(after.joinedUnits?.at(-1) ?? '', 'path', context) : null;
  if (strange !== null) return strange;
  if (fact.type === 'case-assigned') return refusalOfAssignee(fact, after, context);
  return context.side === 'receiving' ? null : refusalNow(before, fact, context);
}

/** What only the workstation knows at that moment. The reducer has read each payload by exactly the schema named here. */
function refusalNow(before: CaseState, fact: Fact, context: AdmissionContext<Rulebook>): Refusal | null {
  switch (fact.type) {
    case 'case-settled': {
      const { instrument } = fact.payload as CasePayload<'case-settled'>;
      return instrumentsOf(before, context).includes(instrument)
        ? null
        : { rule: 'instrument-not-here', field: 'instrument' };
    }
    case 'case-taken-over': {
      const due = runningDeadline(before, context)?.dueAt;
      return due !== undefined && Date.parse(due) < Date.parse(fact.at)
        ? null
        : { rule: 'deadline-not-passed', field: 'dueAt' };
    }
    case 'document-issued': {
      const { kind } = fact.payload as CasePayload<'document-issued'>;
      return documentsAt(before, fact.unitPath, context).includes(kind)
        ? null
        : { rule: 'document-not-now', parameters: { status: before.status } };
    }
    case 'document-signed':
      return refusalOfSignature(before, fact, fact.payload as CasePayload<'document-signed'>);
    default:
      return null;
  }
}

/** A paper is signed by those whom it concerns, each once, and not tomorrow. */
function refusalOfSignature(
  { documents = [] }: CaseState,
  fact: Fact,
  { documentId, signers, signedOn }: CasePayload<'document-signed'>,
): Refusal | null {
  const document = documents.find((one) => one.documentId === documentId);
  const strange = document === undefined || signers.some((one) => !SIGNERS[document.kind].includes(one));
  if (strange || new Set(signers).size !== signers.length)
    return { rule: 'signer-not-of-document', field: 'signers' };
  return signedOn > businessDay(fact.at) ? { rule: 'date-in-future', field: 'signedOn' } : null;
}

/**
 * A case goes to nobody who does not work at the unit, nor to a name that is not theirs. At the centre: to nobody who
 * never belonged to it; somebody who has left since it was recorded is no reason to refuse.
 */
function refusalOfAssignee(
  fact: Fact,
  { assignee }: CaseState,
  { side, person }: AdmissionContext<Rulebook>,
): Refusal | null {
  if (assignee === undefined) return null;
  const known = person(assignee.staffId);
  if (side === 'receiving') {
    const belonged = known?.assignments.some((one) => one.unitPath === fact.unitPath);
    return belonged ? null : { rule: 'assignee-elsewhere', field: 'staffId' };
  }
  const here = known?.active && known.unitPath === fact.unitPath && may(known.role, 'case.handle');
  if (!here) return { rule: 'assignee-not-here', field: 'staffId' };
  return known.name === assignee.name ? null : { rule: 'assignee-not-here', field: 'name' };
}
