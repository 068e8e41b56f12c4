import {
  CHARITY_STEP_NEEDS,
  type CharityApplicationView,
  type CharityDetail,
  type CharityStep,
  type CharitySummary,
} from '../../contract/workstation/charity.ts';
import {
  charityBalance,
  type CharityApplicationState,
  type CharityState,
} from '../../domain/charity/index.ts';
import { covers, may } from '../../domain/organisation/index.ts';
import { storedState } from '../../domain/streams.ts';
import { serviceError } from '../kernel/errors.ts';
import type { StaffContext } from '../kernel/parts.ts';
import { loadState } from '../kernel/store/index.ts';
import { timelineOf } from '../kernel/timeline.ts';

type Held = { funds: CharityState[]; applications: CharityApplicationState[] };

/** The few funds in sight and their applications, some hundreds a year, read as they are. */
async function held({ workstation }: StaffContext): Promise<Held> {
  const rows = await workstation.store.read
    .selectFrom('stream')
    .select(['kind', 'state'])
    .where('kind', 'in', ['charity', 'charity-application'])
    .execute();
  const states = rows.flatMap(({ kind, state }) => storedState(kind, state) ?? []);
  return {
    funds: states.flatMap((one) => (one.kind === 'charity' ? [one.state] : [])),
    applications: states.flatMap((one) => (one.kind === 'charity-application' ? [one.state] : [])),
  };
}

const paidOn = ({ payouts }: CharityState, id: string): string | null =>
  payouts.find(({ applicationId }) => applicationId === id)?.on ?? null;

function summarize(
  { workstation }: StaffContext,
  fund: CharityState,
  applications: readonly CharityApplicationState[],
): CharitySummary {
  const { id, name, unitPath, donations, payouts } = fund;
  const sum = (all: readonly { fen: number }[]): number => all.reduce((total, { fen }) => total + fen, 0);
  return {
    id,
    name,
    unitPath,
    unitName: workstation.directory.nameOf(unitPath),
    balanceFen: charityBalance(fund),
    donatedFen: sum(donations.filter(({ undone }) => undone === null)),
    paidFen: sum(payouts),
    waiting: applications.filter(
      (one) => isOpen(one) && one.charityId === id && paidOn(fund, one.id) === null,
    ).length,
  };
}

const isOpen = ({ status, erased }: CharityApplicationState): boolean =>
  status !== 'refused' && erased === undefined;

export async function listCharities(context: StaffContext): Promise<CharitySummary[]> {
  const { funds, applications } = await held(context);
  return funds
    .map((fund) => summarize(context, fund, applications))
    .toSorted((a, b) => a.unitPath.localeCompare(b.unitPath));
}

/** Steps by where an application stands; the reducers decide in the end. */
function stepsOf(
  application: CharityApplicationState,
  paid: boolean,
  { staffId, role }: StaffContext['staff'],
): CharityStep[] {
  const { status, applied, approvals } = application;
  if (paid || !isOpen(application)) return [];
  const all: CharityStep[] =
    status === 'approved' ? ['charity-paid', 'charity-refused'] : ['charity-approved', 'charity-refused'];
  return all.filter(
    (step) =>
      may(role, CHARITY_STEP_NEEDS[step]) &&
      (step !== 'charity-approved' || [applied, ...approvals].every((one) => one.staffId !== staffId)),
  );
}

/** One fund with its account and its applications, the latest first. @throws NOT_FOUND */
export async function charityDetail(context: StaffContext, id: string): Promise<CharityDetail> {
  const { workstation, staff } = context;
  const { funds, applications } = await held(context);
  const fund = funds.find((one) => one.id === id);
  if (!fund) throw serviceError('NOT_FOUND');
  const here = covers(staff.unitPath, fund.unitPath);
  const view = (one: CharityApplicationState): CharityApplicationView => {
    const paid = paidOn(fund, one.id);
    return { ...one, paidOn: paid, steps: here ? stepsOf(one, paid !== null, staff) : [] };
  };
  return {
    state: fund,
    summary: summarize(context, fund, applications),
    applications: applications
      .filter(({ charityId }) => charityId === id)
      .toSorted((a, b) => Date.parse(b.applied.at) - Date.parse(a.applied.at) || (a.id < b.id ? 1 : -1))
      .map(view),
    canHandle: here && may(staff.role, 'charity.handle'),
    canReveal: here && may(staff.role, 'charity.handle') && may(staff.role, 'personal-data.reveal'),
    timeline: await timelineOf(workstation, 'charity', id),
  };
}

/** An application of this workstation. @throws NOT_FOUND */
export async function requireApplication(
  { workstation }: StaffContext,
  id: string,
): Promise<CharityApplicationState> {
  const state = await loadState(workstation.store.read, 'charity-application', id);
  if (!state) throw serviceError('NOT_FOUND');
  return state;
}
