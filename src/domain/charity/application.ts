import { erase, erasedPlaces, type ErasureCause } from '../kernel/event/erasure.ts';
import type { Fact } from '../kernel/event/event.ts';
import { illegal, legal, type Ruling } from '../kernel/event/ruling.ts';
import { readPayload } from '../kernel/event/schema.ts';
import { ancestorsAndSelf, covers, may } from '../organisation/index.ts';
import { type CharityApplicationPayload, charityApplicationSchemas } from './events.ts';

/** Approvals that a payout takes, by different people; whoever took the application down is none of them. */
export const APPROVALS_NEEDED = 2;

export const APPLICATION_STATUSES = ['applied', 'approved', 'refused'] as const;
export type ApplicationStatus = (typeof APPLICATION_STATUSES)[number];

type Hand = { staffId: string; name: string; at: string };

/** An application to a fund. That it was paid stands in the fund, whose balance decides it. */
export type CharityApplicationState = CharityApplicationPayload<'charity-applied@1'> & {
  id: string;
  status: ApplicationStatus;
  applied: Hand;
  approvals: Hand[];
  refused: { ground: string; by: Hand } | null;
  erased?: { at: string; cause: ErasureCause };
  revision: number;
};

const ERASED_PLACES = erasedPlaces(charityApplicationSchemas);

const handOf = ({ actor: { staffId, name }, at }: Fact): Hand => ({ staffId, name, at });

/** Applies one fact to an application: taken down by whoever handles the fund, decided by two who answer for it. */
export function applyCharityApplication(
  state: CharityApplicationState | undefined,
  fact: Fact,
): Ruling<CharityApplicationState> {
  const read = readPayload(charityApplicationSchemas, fact);
  if (read.key === 'unknown') return { kind: 'unknown', type: fact.type, version: fact.version };
  if (read.key === 'invalid') return { kind: 'illegal', refusal: read.refusal };
  if (read.key === 'personal-data-erased@1')
    return state ? erase(state, fact, read.payload, ERASED_PLACES) : illegal('charity-application-missing');
  if (state?.erased !== undefined) return illegal('record-erased');
  const { role, unitPath } = fact.actor;
  if (!may(role, read.key === 'charity-applied@1' ? 'charity.handle' : 'charity.approve'))
    return illegal('role-may-not', undefined, { role });
  const by = handOf(fact);
  if (read.key === 'charity-applied@1') {
    const { payload } = read;
    if (state) return illegal('charity-application-exists');
    if (!covers(unitPath, payload.charityPath)) return illegal('outside-scope', 'charityPath');
    const twice = payload.documents.findIndex((one, place) => payload.documents.indexOf(one) < place);
    if (twice >= 0) return illegal('charity-document-twice', `documents.${twice}`);
    const id = fact.stream.id;
    return legal({
      ...payload,
      id,
      status: 'applied',
      applied: by,
      approvals: [],
      refused: null,
      revision: 1,
    });
  }
  if (!state) return illegal('charity-application-missing');
  if (!covers(unitPath, state.charityPath)) return illegal('outside-scope', 'charityPath');
  const next = { ...state, revision: state.revision + 1 };
  if (read.key === 'charity-refused@1') {
    if (state.status === 'refused') return illegal('charity-not-now', undefined, { status: state.status });
    const { charityId, ground } = read.payload;
    if (charityId !== state.charityId) return illegal('charity-elsewhere', 'charityId');
    return legal({ ...next, status: 'refused', refused: { ground, by } });
  }
  if (state.status !== 'applied') return illegal('charity-not-now', undefined, { status: state.status });
  if ([state.applied, ...state.approvals].some(({ staffId }) => staffId === by.staffId))
    return illegal('approval-same-person');
  const approvals = [...state.approvals, by];
  return legal({
    ...next,
    approvals,
    status: approvals.length < APPROVALS_NEEDED ? 'applied' : 'approved',
  });
}

/** Known where the fund is kept and above, where the second approval may come from. */
export function charityApplicationSight({
  charityPath,
}: Pick<CharityApplicationState, 'charityPath'>): string[] {
  return ancestorsAndSelf(charityPath);
}
