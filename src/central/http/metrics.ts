import { isContractProcedure } from '@orpc/contract';
import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';
import { centralContract, type PushResult } from '../../contract/central.ts';

export type CentreMetrics = {
  registry: Registry;
  pushed(answer: Pick<PushResult, 'receipts' | 'runs'>): void;
  answered(url: string, status: number, seconds: number): void;
};

/** Every path of the contract; a label of anything else would let callers make up time series. */
function pathsOf(contract: object): string[] {
  return Object.values(contract).flatMap((one: unknown) => {
    if (isContractProcedure(one)) return one['~orpc'].route.path ?? [];
    return typeof one === 'object' && one !== null ? pathsOf(one) : [];
  });
}

/** What Prometheus reads below `/metrics`. */
export function createMetrics(): CentreMetrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const duration = new Histogram({
    name: 'heshi_request_seconds',
    help: 'Time a request took, by route and status',
    labelNames: ['route', 'status'],
    registers: [registry],
  });
  const events = new Counter({
    name: 'heshi_events_total',
    help: 'Events pushed by workstations, by what became of them; replays count again',
    labelNames: ['status'],
    registers: [registry],
  });
  const routes = new Set(pathsOf(centralContract).map((path) => `/v1${path}`));
  return {
    registry,
    pushed: ({ receipts, runs = [] }) => {
      const accepted = runs.reduce((sum, { from, to }) => sum + to - from + 1, 0);
      if (accepted > 0) events.inc({ status: 'accepted' }, accepted);
      for (const receipt of receipts) events.inc({ status: receipt.status });
    },
    answered: (url, status, seconds) => {
      const path = (url.split('?')[0] ?? '').replace(/\/devices\/[^/]+\//, '/devices/{deviceId}/');
      duration.observe({ route: routes.has(path) ? path : 'other', status: String(status) }, seconds);
    },
  };
}
