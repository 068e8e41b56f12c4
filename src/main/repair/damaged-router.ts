import { isContractProcedure, type AnyContractRouter } from '@orpc/contract';
import { implement, type AnyRouter, type Router } from '@orpc/server';
import type { SessionState } from '../../contract/workstation/session.ts';
import { workstationContract, type WorkstationContract } from '../../contract/workstation/index.ts';
import { MOST_OFFLINE_DAYS } from '../../domain/organisation/index.ts';
import { serviceError } from '../kernel/errors.ts';
import type { RepairStation } from './station.ts';

/** What is there of a workstation whose store does not open. */
export type DamagedContext = {
  repair: RepairStation;
  release: string;
  host: 'electron' | 'node';
  sealing: 'system' | 'file';
  clock: () => Date;
};

/** Every call below refused before its input is looked at: nothing stands behind it. */
function refused(contract: AnyContractRouter): AnyRouter {
  if (isContractProcedure(contract))
    return implement(contract)
      .$context<DamagedContext>()
      .use((): never => {
        throw serviceError('STORAGE_DAMAGED');
      })
      .handler(() => undefined);
  return Object.fromEntries(Object.entries(contract).map(([name, inside]) => [name, refused(inside)]));
}

function state({ release, host, sealing, clock }: DamagedContext): SessionState {
  return {
    damaged: true,
    readOnly: false,
    enrolment: null,
    ready: false,
    staff: null,
    locked: null,
    ended: null,
    pin: false,
    revoked: false,
    offline: { days: 0, expired: false, mostDays: MOST_OFFLINE_DAYS },
    release,
    host,
    sealing,
    now: clock().toISOString(),
  };
}

const os = implement(workstationContract).$context<DamagedContext>();
const all = refused(workstationContract) as Router<WorkstationContract, DamagedContext>;

/** The contract of a workstation whose store does not open: what happened, what can be done, and nothing else. */
export const damagedRouter: Router<WorkstationContract, DamagedContext> = {
  ...all,
  session: { ...all.session, state: os.session.state.handler(({ context }) => state(context)) },
  repair: {
    ...all.repair,
    state: os.repair.state.handler(({ context }) => context.repair.state()),
    begin: os.repair.begin.handler(({ context, input }) => context.repair.begin(input.way)),
    open: os.repair.open.handler(async ({ context }) => ({ opened: await context.repair.open() })),
  },
};
