import { sql } from 'kysely';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { OperationPath } from '../../../contract/centre/operation.ts';
import type { CentreParts } from './context.ts';
import { openApiDocument, type OpenApiDocument } from './openapi.ts';
import { readinessOf, type Readiness, type ReadinessParts } from './readiness.ts';

/**
 * Whether the process is there, and whether it can work, for balancers and without a session; why not, and its figures, for
 * whom an administrator gave a token for that.
 */
export function addOperationRoutes(
  app: FastifyInstance,
  parts: CentreParts,
  ready: ReadinessParts,
  log: Logger,
): void {
  // Made when it is first asked for: most processes are never asked.
  let document: Promise<OpenApiDocument> | undefined;
  let told = '';
  /** Once a change, for who reads the log: without a database nobody can show who they are. */
  const tell = ({ checks }: Readiness): void => {
    const failing = checks.filter(({ ok }) => !ok);
    const now = JSON.stringify(failing.map(({ name }) => name));
    if (now === told) return;
    told = now;
    if (failing.length > 0) log.warn({ failing }, 'not ready');
  };
  const may = async (request: FastifyRequest): Promise<boolean> => {
    const { authorization } = request.headers;
    // Who tries one token after the other is counted like everywhere else.
    if (authorization === undefined || parts.callers.waits(request.ip) > 0) return false;
    return parts.administrators.calling(authorization, 'metrics', parts.clock()).then(
      () => true,
      () => false,
    );
  };
  const routes: Record<OperationPath, (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>> = {
    '/health': async () => ({ ok: true, release: parts.release }),
    '/ready': async (request, reply) => {
      const readiness = await readinessOf(ready);
      tell(readiness);
      const said = (await may(request)) ? readiness : { ready: readiness.ready };
      return reply.code(readiness.ready ? 200 : 503).send(said);
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
    '/metrics': async (request, reply) => {
      if (!(await may(request)))
        return reply.code(401).header('www-authenticate', 'Bearer').send({ ok: false });
      const { registry } = parts.metrics;
      return reply.type(registry.contentType).send(await registry.metrics());
    },
  };
  for (const [path, answer] of Object.entries(routes)) app.get(path, answer);
}
