import { randomUUID } from 'node:crypto';
import { OpenAPIHandler } from '@orpc/openapi/fastify';
import type { ORPCError, Router } from '@orpc/server';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { isContractProcedure, type ContractRouter } from '@orpc/contract';
import type { Declares } from '../../../contract/access.ts';
import { NOTICE_HEADER, SECOND_CODE_HEADER } from '../../../contract/centre/administrators.ts';
import type { Access } from '../../../contract/centre/base.ts';
import {
  BODY_LIMIT,
  centralContract,
  centreErrors,
  type CentralContract,
} from '../../../contract/centre/index.ts';
import { BodyCut, OPEN_BODY_LIMIT, type Bodies } from './bodies.ts';
import { toCallerError } from './failures.ts';
import { addGuard } from './guard.ts';
import { readJson } from './json-body.ts';
import { addOperationRoutes } from './operation.ts';
import type { Pressure } from './pressure.ts';
import type { ReadinessParts } from './readiness.ts';
import { addRequestLog } from './request-log.ts';
import { addSignatures } from './sign-answers.ts';
import type { CentreContext, CentreParts } from './context.ts';

/** How long a caller may take, milliseconds. */
export type Timeouts = {
  /** For all headers of a request. */
  headers: number;
  /** For a whole request, its body included. */
  request: number;
  /** Without a byte either way: who does not read an answer is let go. */
  idle: number;
  /** How often slow callers are looked for. */
  check: number;
};

/** Assumption: the slowest line of a workstation carries 8 MiB in a minute; an administrator's verification may take five. */
export const DEFAULT_TIMEOUTS: Timeouts = { headers: 15_000, request: 60_000, idle: 310_000, check: 5_000 };

export type ServerOptions = {
  timeouts: Timeouts;
  pressure: Pressure;
  bodies: Bodies;
  ready: ReadinessParts;
  /**
   * How many proxies stand before it: so many of the addresses in `X-Forwarded-For`, counted from its end, were written by them, and
   * the one before is the caller's. Whatever else a caller writes there is not believed.
   */
  proxies: number;
  /** Certificate chain and key in PEM, or null where a proxy has them. */
  tls: { cert: string; key: string } | null;
};

/** Seconds after which a refused caller may come again, where the refusal says so. */
function retryAfterOf(error: ORPCError<string, unknown>): number | null {
  if (error.code !== 'TOO_MANY_REQUESTS') return null;
  return centreErrors.TOO_MANY_REQUESTS.data.safeParse(error.data).data?.retryAfterSeconds ?? null;
}

function codeIn({ headers }: FastifyRequest): string | undefined {
  const code = headers[SECOND_CODE_HEADER];
  return typeof code === 'string' ? code.replaceAll(/\s/g, '').slice(0, 20) : undefined;
}

/** Every call of the contract, as it is routed. */
function callsOf(
  contract: ContractRouter<Declares<Access>>,
): { method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'; url: string; access: Access }[] {
  if (!isContractProcedure(contract)) return Object.values(contract).flatMap(callsOf);
  const { route, meta } = contract['~orpc'];
  const method = route.method === undefined || route.method === 'HEAD' ? 'POST' : route.method;
  const url = `/v1${(route.path ?? '/').replaceAll(/\{([^}]+)\}/g, ':$1')}`;
  return [{ method, url, access: meta.access }];
}

/** Why a body was not read, as it is said to its caller. */
function refusedBody(error: Error & { statusCode?: number }, limit: number) {
  if (error instanceof BodyCut && error.why === 'full')
    return { code: 'OVERLOADED', message: centreErrors.OVERLOADED.message };
  switch (error.statusCode) {
    case 408:
      return { code: 'REQUEST_TIMEOUT', message: 'The body came too slowly' };
    case 413:
      return { code: 'TOO_LARGE', message: `At most ${limit} bytes` };
    default:
      return { code: 'BAD_REQUEST', message: 'The body cannot be read as JSON' };
  }
}

/** The HTTP face of the centre: the contract below `/v1`; `/health`, `/ready` and `/metrics` beside it. */
export function createServer(
  router: Router<CentralContract, CentreContext>,
  parts: CentreParts,
  log: Logger,
  { timeouts, pressure, bodies, ready, proxies, tls }: ServerOptions,
): FastifyInstance {
  const app = fastify({
    bodyLimit: BODY_LIMIT,
    logger: false,
    trustProxy: (_address, hop) => hop < proxies,
    ...(tls === null ? {} : { https: tls }),
    requestTimeout: timeouts.request,
    connectionTimeout: timeouts.idle,
    http: { headersTimeout: timeouts.headers, connectionsCheckingInterval: timeouts.check },
    forceCloseConnections: 'idle',
    exposeHeadRoutes: false,
    // Ids are told by their schemas that they are too long, each of their characters as `%F0%9F%8F%AE`.
    routerOptions: { maxParamLength: 4_000 },
    genReqId: () => randomUUID(),
  });
  const handler = new OpenAPIHandler<CentreContext>(router, {
    clientInterceptors: [
      async ({ next, context }) => {
        try {
          return await next();
        } catch (error) {
          const shown = toCallerError(error, context.requestId, log);
          const seconds = retryAfterOf(shown);
          if (seconds !== null) context.setHeader('retry-after', String(seconds));
          throw shown;
        }
      },
    ],
  });

  // Fastify reads the body, which keeps the limit, and refuses what is not JSON.
  app.removeAllContentTypeParsers();
  const signatures = parts.key === null ? null : addSignatures(app, parts.key);
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    signatures?.bodyRead(request, body);
    try {
      done(null, readJson(body));
    } catch {
      done(Object.assign(new Error('Not JSON'), { statusCode: 400 }));
    }
  });
  app.setErrorHandler(async (error: Error & { statusCode?: number }, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500 && !(error instanceof BodyCut)) throw toCallerError(error, request.id, log);
    // What is still coming of the body is read by nobody.
    if ([408, 413, 503].includes(status)) reply.header('connection', 'close');
    const retryAfterSeconds = status === 503 ? pressure.turnAway() : null;
    if (retryAfterSeconds !== null) reply.header('retry-after', retryAfterSeconds);
    return reply.code(status).send({
      defined: retryAfterSeconds !== null,
      status,
      ...refusedBody(error, request.routeOptions.bodyLimit ?? BODY_LIMIT),
      ...(retryAfterSeconds === null ? {} : { data: { retryAfterSeconds } }),
    });
  });
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
  });
  const guard = addGuard(app, { parts, pressure, bodies, log });
  app.addHook('onResponse', async (request, reply) => {
    parts.metrics.answered(request.url, reply.statusCode, reply.elapsedTime / 1000);
  });
  const requests = addRequestLog(app, log, parts.metrics.routeOf);
  addOperationRoutes(app, parts, ready, log);
  const answer = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const context: CentreContext = {
      ...parts,
      caller: guard.callerOf(request),
      secondCode: codeIn(request),
      requestId: request.id,
      note: (notes) => requests.note(request, notes),
      setHeader: (name, value) => void reply.header(name, value),
    };
    const { caller } = context;
    if (caller.who === 'administrator' && caller.administrator.notice !== null)
      reply.header(NOTICE_HEADER, caller.administrator.notice);
    const { matched } = await handler.handle(request, reply, { prefix: '/v1', context });
    return matched ? reply : reply.code(404).send({ code: 'NOT_FOUND', message: 'No such call' });
  };
  for (const { method, url, access } of callsOf(centralContract))
    app.route({
      method,
      url,
      config: { access },
      // Whoever has not shown who they are has little to say.
      bodyLimit: access.who === 'open' ? OPEN_BODY_LIMIT : BODY_LIMIT,
      handler: answer,
    });
  // Turned away by the guard, who knows no access to it.
  app.all('/v1/*', answer);
  return app;
}
