import { OpenAPIHandler } from '@orpc/openapi/fastify';
import { onError, ORPCError, ValidationError } from '@orpc/server';
import fastify, { type FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import { router, type CentreContext, type CentreParts } from './router.ts';

/** A push of a thousand events is well below this. */
const BODY_LIMIT = 8 * 1024 * 1024;

/**
 * Input errors name field and rule. What the contract does not know is logged and answered with nothing of
 * its inside.
 */
function tellInput(error: unknown, log: Logger): void {
  if (error instanceof ORPCError && error.cause instanceof ValidationError) {
    const issues = error.cause.issues.map((issue) => ({
      field: (issue.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part)).join('.'),
      rule: 'code' in issue ? String(issue.code) : 'invalid',
      message: issue.message,
    }));
    throw new ORPCError('INPUT_INVALID', { status: 400, message: 'Input is not valid', data: { issues } });
  }
  if (!(error instanceof ORPCError)) log.error({ err: error }, 'request failed');
}

/** The HTTP face of the centre: the contract below `/v1`, `/healthz` and `/metrics` beside it. */
export function createServer(parts: CentreParts, log: Logger): FastifyInstance {
  const app = fastify({ bodyLimit: BODY_LIMIT, logger: false, requestTimeout: 60_000 });
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const duration = new Histogram({
    name: 'heshi_request_seconds',
    help: 'Time a request took, by route and status',
    labelNames: ['route', 'status'],
    registers: [registry],
  });
  const handler = new OpenAPIHandler<CentreContext>(router, {
    interceptors: [onError((error) => tellInput(error, log))],
  });

  app.removeAllContentTypeParsers();
  // oRPC reads bodies itself; the limit is kept here all the same.
  app.addContentTypeParser('*', (_request, _payload, done) => done(null, undefined));
  app.addHook('onRequest', async (request, reply) => {
    if (Number(request.headers['content-length'] ?? 0) <= BODY_LIMIT) return undefined;
    return reply.code(413).send({ code: 'TOO_LARGE', message: `At most ${BODY_LIMIT} bytes` });
  });
  app.addHook('onResponse', async (request, reply) => {
    const route = request.url.split('?')[0]?.split('/').slice(0, 4).join('/') ?? '';
    duration.observe({ route, status: String(reply.statusCode) }, reply.elapsedTime / 1000);
  });
  app.get('/healthz', () => ({ ok: true }));
  app.get('/metrics', async (_request, reply) =>
    reply.type(registry.contentType).send(await registry.metrics()),
  );
  app.all('/v1/*', async (request, reply) => {
    const context: CentreContext = { ...parts, authorization: request.headers.authorization };
    const { matched } = await handler.handle(request, reply, { prefix: '/v1', context });
    return matched ? reply : reply.code(404).send({ code: 'NOT_FOUND', message: 'No such call' });
  });
  return app;
}
