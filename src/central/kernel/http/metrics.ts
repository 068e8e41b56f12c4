import { isContractProcedure } from '@orpc/contract';
import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';
import { centralContract, type PushResult } from '../../../contract/centre/index.ts';
import { acceptedIn } from './request-log.ts';

/** Why a call was turned away before it began. */
export type TurnedAway = 'address' | 'device' | 'capacity';

export type CentreMetrics = {
  registry: Registry;
  pushed(answer: Pick<PushResult, 'receipts' | 'runs'>): void;
  answered(url: string, status: number, seconds: number): void;
  turnedAway(why: TurnedAway): void;
  /** A word that some unit's feed or a case's presence moved went out to so many streams. */
  nudged(streams: number): void;
  /** The route of the contract behind an address, or `other`: a label of anything else would let callers make up time series. */
  routeOf(url: string): string;
};

/** Every path of the contract. */
function pathsOf(contract: object): string[] {
  return Object.values(contract).flatMap((one: unknown) => {
    if (isContractProcedure(one)) return one['~orpc'].route.path ?? [];
    return typeof one === 'object' && one !== null ? pathsOf(one) : [];
  });
}

/** What Prometheus reads below `/metrics`. */
export function createMetrics(): CentreMetrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const duration = new Histogram({
    name: 'heshi_request_seconds',
    help: 'Time a request took, by route and status',
    labelNames: ['route', 'status'],
    registers,
  });
  const events = new Counter({
    name: 'heshi_events_total',
    help: 'Events pushed by workstations, by what became of them; replays count again',
    labelNames: ['status'],
    registers,
  });
  const batches = new Histogram({
    name: 'heshi_push_events',
    help: 'Events in one push',
    buckets: [1, 10, 50, 100, 250, 500, 1000],
    registers,
  });
  const refused = new Counter({
    name: 'heshi_refused_events_total',
    help: 'Events refused, by rule; replays count again',
    labelNames: ['rule'],
    registers,
  });
  const turnedAway = new Counter({
    name: 'heshi_turned_away_total',
    help: 'Calls turned away before they began, by limit',
    labelNames: ['why'],
    registers,
  });
  const nudges = new Counter({
    name: 'heshi_nudges_total',
    help: 'Words sent to open streams that something moved',
    registers,
  });
  const routes = new Set(pathsOf(centralContract).map((path) => `/v1${path}`));
  const routeOf = (url: string): string => {
    const path = (url.split('?')[0] ?? '').replace(/\/devices\/[^/]+\//, '/devices/{deviceId}/');
    if (path.startsWith('/v1/evidence/uploads')) return '/v1/evidence/uploads';
    if (path.startsWith('/v1/evidence/content/')) return '/v1/evidence/content';
    if (/^\/p(?:\/|$)/.test(path)) return '/p';
    return routes.has(path) ? path : 'other';
  };
  return {
    registry,
    routeOf,
    pushed: (answer) => {
      const { receipts } = answer;
      const accepted = acceptedIn(answer);
      batches.observe(receipts.length + accepted);
      if (accepted > 0) events.inc({ status: 'accepted' }, accepted);
      for (const { status, refusal } of receipts) {
        events.inc({ status });
        if (refusal) refused.inc({ rule: refusal.rule });
      }
    },
    answered: (url, status, seconds) =>
      duration.observe({ route: routeOf(url), status: String(status) }, seconds),
    turnedAway: (why) => turnedAway.inc({ why }),
    nudged: (streams) => nudges.inc(streams),
  };
}
