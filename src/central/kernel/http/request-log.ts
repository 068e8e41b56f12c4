import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { PushResult, Receipt } from '../../../contract/centre/index.ts';

/** What may be written of a call beside its route and status: ids of machines, counts and rules, never content. */
export type Notes = {
  device?: string;
  events?: number;
  refused?: Record<string, number>;
};

export type RequestLog = { note(request: FastifyRequest, notes: Notes): void };

/** How many events a push's runs say were accepted; those with a receipt of their own are not among them. */
export function acceptedIn({ runs = [] }: Pick<PushResult, 'runs'>): number {
  return runs.reduce((sum, { from, to }) => sum + to - from + 1, 0);
}

/** How many of a batch each rule refused. */
export function refusalsOf(receipts: readonly Receipt[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { refusal } of receipts) {
    if (refusal) counts[refusal.rule] = (counts[refusal.rule] ?? 0) + 1;
  }
  return counts;
}

/**
 * One structured line a call, at level `info`: its id, method, route, status, time and notes. The address as it was asked
 * for is not written: its query may hold what a person typed.
 */
export function addRequestLog(
  app: FastifyInstance,
  log: Logger,
  routeOf: (url: string) => string,
): RequestLog {
  const notes = new WeakMap<FastifyRequest, Notes>();
  const line = (request: FastifyRequest): Record<string, unknown> => ({
    requestId: request.id,
    method: request.method,
    route: routeOf(request.url),
    ...notes.get(request),
  });
  app.addHook('onResponse', async (request, reply) => {
    log.info({ ...line(request), status: reply.statusCode, ms: Math.round(reply.elapsedTime) }, 'answered');
  });
  app.addHook('onRequestAbort', async (request) => {
    log.info(line(request), 'caller went away');
  });
  app.addHook('onTimeout', async (request) => {
    log.info(line(request), 'caller too slow');
  });
  return {
    note: (request, more) => {
      notes.set(request, { ...notes.get(request), ...more });
    },
  };
}
