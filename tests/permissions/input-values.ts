import type { InferContractRouterInputs } from '@orpc/contract';
import type { WorkstationContract } from '../../src/contract/workstation/index.ts';

/** A sound input of each call of these groups, of records that are not there; by its type, no call is left out. */
export type Inputs<Group extends keyof WorkstationContract> = Pick<
  InferContractRouterInputs<WorkstationContract>,
  Group
>;

/** Of a record that is not there. */
export const id = crypto.randomUUID();
export const today = '2026-03-10';
export const period = { from: '2026-01-01', to: '2026-03-31' };
