import type { AdministratorAccess, OpenAccess } from './base.ts';

const forOperators = (reason: string): OpenAccess => ({ who: 'open', reason });

/** Addresses beside the contract's calls, all of which are read; for who runs a centre and not for who uses it. */
export const OPERATION_ACCESS = {
  '/health': forOperators('For who looks whether the process is there.'),
  '/healthz': forOperators('The same, with its database.'),
  '/ready': forOperators(
    'For a balancer that looks where calls can go; why they cannot is told to administrators.',
  ),
  /** Counts and times for Prometheus. */
  '/metrics': { who: 'administrator', for: 'metrics', dangerous: false } satisfies AdministratorAccess,
  '/openapi.json': forOperators('The form of the calls is no secret.'),
} as const;
export type OperationPath = keyof typeof OPERATION_ACCESS;
