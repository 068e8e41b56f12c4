import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { centreErrors } from '../../../contract/centre/index.ts';
import { centreError } from '../errors.ts';
import type { CallerLimits } from './limits.ts';
import type { CentreMetrics } from './metrics.ts';
import type { Pressure } from './pressure.ts';

export type GuardParts = { callers: CallerLimits; pressure: Pressure; metrics: CentreMetrics };

/** A stream stays open for hours and does next to nothing: it is no work in flight. */
const STREAMS = new Set(['/v1/nudges']);

const pathOf = (request: FastifyRequest): string => request.url.split('?')[0] ?? '';
const hasToken = (request: FastifyRequest): boolean => /^Bearer \S/.test(request.headers.authorization ?? '');

function turnAway(
  reply: FastifyReply,
  code: 'TOO_MANY_REQUESTS' | 'OVERLOADED',
  retryAfterSeconds: number,
): FastifyReply {
  const { status, message } = centreErrors[code];
  return reply
    .code(status)
    .header('retry-after', retryAfterSeconds)
    .send({ defined: true, code, status, message, data: { retryAfterSeconds } });
}

/**
 * Stands before every call of the contract, before its body is read: how much an address may ask, and how much this
 * process takes on at once. What is turned away was not begun, and says when to come back.
 */
export function addGuard(app: FastifyInstance, { callers, pressure, metrics }: GuardParts): void {
  app.addHook('onRequest', async (request, reply) => {
    const path = pathOf(request);
    if (!path.startsWith('/v1/')) return undefined;
    const waits = hasToken(request)
      ? callers.waits(request.ip)
      : await callers.address(request.ip, path === '/v1/enrol');
    if (waits > 0) {
      metrics.turnedAway('address');
      return turnAway(reply, 'TOO_MANY_REQUESTS', waits);
    }
    if (STREAMS.has(path)) return undefined;
    const length = request.headers['content-length'];
    const hasBody = length !== undefined || request.headers['transfer-encoding'] !== undefined;
    const entered = pressure.enter(hasBody ? (length === undefined ? undefined : Number(length)) : 0);
    if ('retryAfterSeconds' in entered) {
      metrics.turnedAway('capacity');
      return turnAway(reply, 'OVERLOADED', entered.retryAfterSeconds);
    }
    // Whatever becomes of it: answered, cut, or taken over by another writer.
    reply.raw.once('close', entered.done);
    return undefined;
  });
  const counted = new WeakSet<FastifyRequest>();
  const countRefused = async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    if (reply.statusCode !== 401 || !hasToken(request) || counted.has(request)) return;
    counted.add(request);
    await callers.refused(request.ip);
  };
  // Before it is told: whoever tries one token after the other is not faster than the counting.
  app.addHook('onSend', countRefused);
  // Answers of another writer are only seen when they are over.
  app.addHook('onResponse', countRefused);
}

/** Counts a call of a device that has shown who it is. @throws TOO_MANY_REQUESTS */
export async function admitDevice(
  { callers, metrics }: Pick<GuardParts, 'callers' | 'metrics'>,
  deviceId: string,
): Promise<void> {
  const retryAfterSeconds = await callers.device(deviceId);
  if (retryAfterSeconds === 0) return;
  metrics.turnedAway('device');
  throw centreError('TOO_MANY_REQUESTS', { retryAfterSeconds });
}
