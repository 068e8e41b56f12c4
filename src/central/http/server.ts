import { randomUUID } from 'node:crypto';
import { OpenAPIHandler } from '@orpc/openapi/fastify';
import { sql } from 'kysely';
import fastify, { type FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { BODY_LIMIT } from '../../contract/central.ts';
import { toCallerError } from './failures.ts';
import { router, type CentreContext, type CentreParts } from './router.ts';

function tooLarge(): Error & { statusCode: number } {
  return Object.assign(new Error(`At most ${BODY_LIMIT} bytes`), { statusCode: 413 });
}

/** The HTTP face of the centre: the contract below `/v1`, `/healthz` and `/metrics` beside it. */
export function createServer(parts: CentreParts, log: Logger): FastifyInstance {
  const app = fastify({
    bodyLimit: BODY_LIMIT,
    logger: false,
    requestTimeout: 60_000,
    forceCloseConnections: 'idle',
    genReqId: () => randomUUID(),
  });
  const handler = new OpenAPIHandler<CentreContext>(router, {
    clientInterceptors: [
      async ({ next, context }) => {
        try {
          return await next();
        } catch (error) {
          throw toCallerError(error, context.requestId, log);
        }
      },
    ],
  });

  // Fastify reads the body, which keeps the limit, and refuses what is not JSON.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
    try {
      done(null, body === '' ? undefined : JSON.parse(String(body)));
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
  app.addHook('onResponse', async (request, reply) => {
    parts.metrics.answered(request.url, reply.statusCode, reply.elapsedTime / 1000);
  });
  app.get('/healthz', async (_request, reply) => {
    try {
      await sql`SELECT 1`.execute(parts.database);
      return { ok: true };
    } catch {
      return reply.code(503).send({ ok: false });
    }
  });
  app.get('/metrics', async (_request, reply) => {
    const { registry } = parts.metrics;
    return reply.type(registry.contentType).send(await registry.metrics());
  });
  app.all('/v1/*', async (request, reply) => {
    const context: CentreContext = {
      ...parts,
      authorization: request.headers.authorization,
      requestId: request.id,
    };
    const { matched } = await handler.handle(request, reply, { prefix: '/v1', context });
    return matched ? reply : reply.code(404).send({ code: 'NOT_FOUND', message: 'No such call' });
  });
  return app;
}
