import { randomUUID } from 'node:crypto';
import { OpenAPIHandler } from '@orpc/openapi/fastify';
import type { ORPCError, Router } from '@orpc/server';
import { sql } from 'kysely';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { BODY_LIMIT, centreErrors, type CentralContract } from '../../../contract/centre/index.ts';
import type { OperationPath } from '../../../contract/centre/operation.ts';
import { toCallerError } from './failures.ts';
import { addGuard } from './guard.ts';
import { readJson } from './json-body.ts';
import { openApiDocument, type OpenApiDocument } from './openapi.ts';
import type { Pressure } from './pressure.ts';
import { readinessOf, type ReadinessParts } from './readiness.ts';
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
  ready: ReadinessParts;
  /** Behind a proxy, callers' addresses are what the proxy says. */
  trustProxy: boolean;
  /** Certificate chain and key in PEM, or null where a proxy has them. */
  tls: { cert: string; key: string } | null;
};

function tooLarge(): Error & { statusCode: number } {
  return Object.assign(new Error(`At most ${BODY_LIMIT} bytes`), { statusCode: 413 });
}

/** Seconds after which a refused caller may come again, where the refusal says so. */
function retryAfterOf(error: ORPCError<string, unknown>): number | null {
  if (error.code !== 'TOO_MANY_REQUESTS') return null;
  return centreErrors.TOO_MANY_REQUESTS.data.safeParse(error.data).data?.retryAfterSeconds ?? null;
}

/** Whether the process is there, whether it can work, and its figures: for balancers and Prometheus, without a session. */
function addOperationRoutes(app: FastifyInstance, parts: CentreParts, ready: ReadinessParts): void {
  // Made when it is first asked for: most processes are never asked.
  let document: Promise<OpenApiDocument> | undefined;
  const routes: Record<OperationPath, (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>> = {
    '/health': async () => ({ ok: true, release: parts.release }),
    '/ready': async (_request, reply) => {
      const readiness = await readinessOf(ready);
      return reply.code(readiness.ready ? 200 : 503).send(readiness);
    },
    '/healthz': async (_request, reply) => {
      try {
        await sql`SELECT 1`.execute(parts.database);
        return { ok: true };
      } catch {
        return reply.code(503).send({ ok: false });
      }
    },
    '/openapi.json': async () => (document ??= openApiDocument(parts.release)),
    '/metrics': async (_request, reply) => {
      const { registry } = parts.metrics;
      return reply.type(registry.contentType).send(await registry.metrics());
    },
  };
  for (const [path, answer] of Object.entries(routes)) app.get(path, answer);
}

/** The HTTP face of the centre: the contract below `/v1`; `/health`, `/ready` and `/metrics` beside it. */
export function createServer(
  router: Router<CentralContract, CentreContext>,
  parts: CentreParts,
  log: Logger,
  { timeouts, pressure, ready, trustProxy, tls }: ServerOptions,
): FastifyInstance {
  const app = fastify({
    bodyLimit: BODY_LIMIT,
    logger: false,
    trustProxy,
    ...(tls === null ? {} : { https: tls }),
    requestTimeout: timeouts.request,
    connectionTimeout: timeouts.idle,
    http: { headersTimeout: timeouts.headers, connectionsCheckingInterval: timeouts.check },
    forceCloseConnections: 'idle',
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
    if (status >= 500) throw toCallerError(error, request.id, log);
    const code = status === 413 ? 'TOO_LARGE' : 'BAD_REQUEST';
    const message = status === 413 ? `At most ${BODY_LIMIT} bytes` : 'The body cannot be read as JSON';
    return reply.code(status).send({ defined: false, code, status, message });
  });
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
    // Before anything of the body is looked at, its kind included.
    if (Number(request.headers['content-length'] ?? 0) > BODY_LIMIT) throw tooLarge();
  });
  addGuard(app, { callers: parts.callers, pressure, metrics: parts.metrics });
  app.addHook('onResponse', async (request, reply) => {
    parts.metrics.answered(request.url, reply.statusCode, reply.elapsedTime / 1000);
  });
  const requests = addRequestLog(app, log, parts.metrics.routeOf);
  addOperationRoutes(app, parts, ready);
  app.all('/v1/*', async (request, reply) => {
    const context: CentreContext = {
      ...parts,
      authorization: request.headers.authorization,
      requestId: request.id,
      note: (notes) => requests.note(request, notes),
      setHeader: (name, value) => void reply.header(name, value),
    };
    const { matched } = await handler.handle(request, reply, { prefix: '/v1', context });
    return matched ? reply : reply.code(404).send({ code: 'NOT_FOUND', message: 'No such call' });
  });
  return app;
}
