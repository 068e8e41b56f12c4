import { ORPCError } from '@orpc/server';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { Access } from '../../../contract/centre/base.ts';
import { BODY_LIMIT, centreErrors } from '../../../contract/centre/index.ts';
import type { Bodies } from './bodies.ts';
import { callerOf, nameOf, type Caller } from './callers.ts';
import type { CentreParts } from './context.ts';
import { toCallerError } from './failures.ts';
import type { Pressure } from './pressure.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Who may make the call; a route below `/v1` without it is none. */
    access?: Access;
    /** Its body goes past to a file and is not held here. */
    toFile?: boolean;
  }
}

export type GuardParts = { parts: CentreParts; pressure: Pressure; bodies: Bodies; log: Logger };
export type Guard = {
  /** Who makes this call, as it was found before its body was read. */
  callerOf(request: FastifyRequest): Caller;
};

/** A stream stays open for hours and does next to nothing: it is no work in flight. */
const STREAMS = new Set(['/v1/nudges']);
/** Who asks for something by a code may be trying codes. */
const CODE_CALLS = new Set(['/v1/enrol', '/v1/recover']);
const NOBODY: Caller = { who: 'nobody' };

const pathOf = (request: FastifyRequest): string => request.url.split('?')[0] ?? '';
const isCall = (request: FastifyRequest): boolean => request.url.startsWith('/v1/');
const hasToken = (request: FastifyRequest): boolean => /^Bearer \S/.test(request.headers.authorization ?? '');

function hasBody({ headers }: FastifyRequest): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/** What is still coming of a body is read by nobody. */
function refuse(
  request: FastifyRequest,
  reply: FastifyReply,
  error: ORPCError<string, unknown>,
): FastifyReply {
  if (hasBody(request)) reply.header('connection', 'close');
  return reply.code(error.status).send(error.toJSON());
}

function turnAway(
  request: FastifyRequest,
  reply: FastifyReply,
  code: 'TOO_MANY_REQUESTS' | 'OVERLOADED',
  retryAfterSeconds: number,
): FastifyReply {
  const { status, message } = centreErrors[code];
  reply.header('retry-after', retryAfterSeconds);
  const error = new ORPCError<string, unknown>(code, {
    defined: true,
    status,
    message,
    data: { retryAfterSeconds },
  });
  return refuse(request, reply, error);
}

/**
 * Stands before every call of the contract, before its body is read: how much an address may ask, who calls and whether they may,
 * and how much this process takes on at once. What is turned away was not begun, and says when to come back. A call counts as one
 * that is being answered when its body is here, so that nobody waits for who does not send theirs.
 */
export function addGuard(app: FastifyInstance, { parts, pressure, bodies, log }: GuardParts): Guard {
  const { callers, metrics } = parts;
  const known = new WeakMap<FastifyRequest, Caller>();
  const guard: Guard = { callerOf: (request) => known.get(request) ?? NOBODY };

  app.addHook('onRequest', async (request, reply) => {
    if (!isCall(request)) return undefined;
    const path = pathOf(request);
    const waits = hasToken(request)
      ? callers.waits(request.ip)
      : await callers.address(request.ip, CODE_CALLS.has(path));
    if (waits > 0) {
      metrics.turnedAway('address');
      return turnAway(request, reply, 'TOO_MANY_REQUESTS', waits);
    }
    const { access } = request.routeOptions.config;
    if (access === undefined) {
      if (hasBody(request)) reply.header('connection', 'close');
      return reply.code(404).send({ code: 'NOT_FOUND', message: 'No such call' });
    }
    // Before anybody is looked up: who is turned away for want of room costs no question to the database.
    const full = STREAMS.has(path) ? 0 : pressure.waits();
    if (full > 0) {
      metrics.turnedAway('capacity');
      return turnAway(request, reply, 'OVERLOADED', full);
    }
    try {
      known.set(request, await callerOf(parts, request.headers.authorization, access));
    } catch (error) {
      const shown = toCallerError(error, request.id, log);
      const limited = centreErrors.TOO_MANY_REQUESTS.data.safeParse(shown.data).data;
      if (shown.code === 'TOO_MANY_REQUESTS' && limited)
        return turnAway(request, reply, 'TOO_MANY_REQUESTS', limited.retryAfterSeconds);
      return refuse(request, reply, shown);
    }
    const announced = Number(request.headers['content-length'] ?? 0);
    if (announced > (request.routeOptions.bodyLimit ?? BODY_LIMIT) && !request.routeOptions.config.toFile)
      throw Object.assign(new Error('Too large'), { statusCode: 413 });
    if (access.who === 'open' || request.routeOptions.config.toFile || bodies.hasRoom(announced))
      return undefined;
    metrics.turnedAway('capacity');
    return turnAway(request, reply, 'OVERLOADED', pressure.turnAway());
  });

  app.addHook('preParsing', (request, reply, payload, done) => {
    if (!hasBody(request)) return done(null, payload);
    const name = nameOf(guard.callerOf(request));
    if (request.routeOptions.config.toFile) {
      const { socket } = request.raw;
      const before = socket.bytesRead;
      const body = bodies.watch(
        name ?? request.ip,
        () => socket.bytesRead - before,
        () => socket.destroy(),
      );
      reply.raw.once('close', body.gone);
      return done(null, payload);
    }
    const { body, counted } = bodies.count(name, payload);
    // Whatever becomes of it: answered, cut, or taken over by another writer.
    reply.raw.once('close', body.gone);
    return done(null, Object.assign(counted, { receivedEncodedLength: 0 }));
  });

  app.addHook('preValidation', async (request, reply) => {
    if (!isCall(request) || STREAMS.has(pathOf(request))) return undefined;
    const entered = pressure.enter();
    if ('retryAfterSeconds' in entered) {
      metrics.turnedAway('capacity');
      return turnAway(request, reply, 'OVERLOADED', entered.retryAfterSeconds);
    }
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
  return guard;
}
