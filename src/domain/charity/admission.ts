import type { AdmissionContext } from '../kernel/event/admission.ts';
import { refusalIfOutside } from '../kernel/event/admission.ts';
import type { Fact, RecordedFact } from '../kernel/event/event.ts';
import type { Refusal } from '../kernel/event/ruling.ts';
import type { CharityApplicationState } from './application.ts';
import type { CharityState } from './charity.ts';
import type { CharityPayload } from './events.ts';

type Named = { kind: string; id: string };
type Context = Pick<AdmissionContext<never>, 'record' | 'exists' | 'levelOf'>;

function memberOf(payload: unknown, name: string): string | null {
  if (typeof payload !== 'object' || payload === null) return null;
  const value = (payload as Record<string, unknown>)[name];
  return typeof value === 'string' ? value : null;
}

/** A payout is judged by its application. */
export function recordsOfCharity({ type, payload }: Pick<RecordedFact, 'type' | 'payload'>): Named[] {
  const id = type === 'charity-paid' ? memberOf(payload, 'applicationId') : null;
  return id === null ? [] : [{ kind: 'charity-application', id }];
}

/** Why a fund cannot be opened there, or a payout cannot be made for that application: it has not both approvals, or another amount. */
export function refusalOfCharity(
  before: CharityState | undefined,
  { type, payload }: Pick<Fact, 'type' | 'payload'>,
  { id, unitPath }: CharityState,
  context: Context,
): Refusal | null {
  if (before === undefined) return refusalIfOutside(unitPath, 'unitPath', context);
  if (type !== 'charity-paid') return null;
  const { applicationId, fen } = payload as CharityPayload<'charity-paid@1'>;
  // Looked up under its own kind.
  const application = context.record({ kind: 'charity-application', id: applicationId }) as
    | CharityApplicationState
    | undefined;
  if (application?.charityId !== id) return { rule: 'charity-application-missing', field: 'applicationId' };
  if (application.status !== 'approved') return { rule: 'charity-not-approved', field: 'applicationId' };
  return application.fen === fen
    ? null
    : { rule: 'charity-other-amount', field: 'fen', parameters: { fen: application.fen } };
}

/** An application is judged by its fund when it comes in, and when it is refused. */
export function recordsOfApplication({ type, payload }: Pick<RecordedFact, 'type' | 'payload'>): Named[] {
  const id = type === 'charity-applied' || type === 'charity-refused' ? memberOf(payload, 'charityId') : null;
  return id === null ? [] : [{ kind: 'charity', id }];
}

/** Why an application cannot be taken down: its fund is not known, or kept elsewhere; and why it cannot be refused: it was paid. */
export function refusalOfApplication(
  before: CharityApplicationState | undefined,
  { type }: Pick<Fact, 'type'>,
  { id, charityId, charityPath }: CharityApplicationState,
  { record }: Context,
): Refusal | null {
  if (type !== 'charity-applied' && type !== 'charity-refused') return null;
  const charity = record({ kind: 'charity', id: charityId }) as CharityState | undefined;
  if (!charity) return { rule: 'charity-missing', field: 'charityId' };
  if (before === undefined)
    return charity.unitPath === charityPath ? null : { rule: 'charity-elsewhere', field: 'charityPath' };
  return charity.payouts.some(({ applicationId }) => applicationId === id)
    ? { rule: 'charity-paid-already' }
    : null;
}
