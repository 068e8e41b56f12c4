import { randomBytes, timingSafeEqual } from 'node:crypto';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import cookie from '@fastify/cookie';
import files from '@fastify/static';
import { RPCHandler } from '@orpc/server/fastify';
import fastify, { type FastifyError, type FastifyReply, type FastifyRequest } from 'fastify';
import { EVIDENCE_PATH } from '../../contract/workstation/evidence.ts';
import { newClient, type CallContext, type Client } from '../kernel/parts.ts';
import { answerEvidence, isEvidencePath } from '../evidence/web.ts';
import { router } from '../capabilities.ts';
import { startWorkstation, type Workstation, type WorkstationOptions } from '../workstation.ts';
import { announceAddress, enterAddress, redeem, withdrawAddress } from './entrance.ts';
import { createNodeHost } from './node.ts';

/** Built by `npm run build:renderer`. */
const RENDERER = join(dirname(fileURLToPath(import.meta.url)), '../../../out/renderer');
const COOKIE = 'heshi-workstation';
const BODY_LIMIT = 80 * 1024 * 1024;

const POLICY = [
  "default-src 'self'",
  "script-src 'self'",
  // antd writes its styles at run time.
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "object-src 'none'",
  "frame-src 'self' blob:",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

export type NodeHostOptions = Omit<WorkstationOptions, 'host'> & {
  open: boolean;
  port?: number;
  /** Signs every browser in as this person: the demonstration only. */
  signInAs?: { staffId: string; password: string };
  /** Where the built screens are; `out/renderer` of the project unless said otherwise. */
  renderer?: string;
  /** The folder whose owner can get another link to this program (`newLink`); the data folder unless said otherwise. */
  announceIn?: string;
};

export type NodeHost = { url: string; workstation: Workstation; close(): Promise<void> };

function same(one: string, other: string): boolean {
  const a = Buffer.from(one);
  const b = Buffer.from(other);
  return a.length === b.length && timingSafeEqual(a, b);
}

/**
 * Serves the workstation to a browser on this machine: loopback only, a token in the first address turned
 * into a cookie, Host and Origin checked on every request.
 */
export async function startNodeHost(options: NodeHostOptions): Promise<NodeHost> {
  const host = createNodeHost(options.dataFolder);
  const entrance = options.announceIn ?? options.dataFolder;
  const workstation = await startWorkstation({ ...options, host });
  const token = randomBytes(24).toString('base64url');
  const clients = new Map<string, Client>();
  const handler = new RPCHandler<CallContext>(router);
  const app = fastify({ bodyLimit: BODY_LIMIT, logger: false });
  let origin = '';

  const refuse = (reply: FastifyReply, reason: string, status = 403): FastifyReply =>
    reply.code(status).type('text/plain; charset=utf-8').send(`Heshi: ${reason}`);

  const clientOf = (request: FastifyRequest): Client | undefined => {
    const key = request.cookies[COOKIE];
    return key === undefined ? undefined : clients.get(key);
  };

  await app.register(cookie);
  // oRPC reads bodies itself.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, _payload, done) => done(null, undefined));

  // What the framework itself refuses keeps its status; of anything else nobody outside learns more than that it failed.
  app.setErrorHandler((error: FastifyError, _request, reply) => {
    const { statusCode = 500 } = error;
    const refused = statusCode >= 400 && statusCode < 500;
    if (!refused) workstation.parts.problem('unexpected', error.stack ?? error.message);
    return refuse(
      reply,
      refused ? 'the request cannot be read' : 'something failed here',
      refused ? statusCode : 500,
    );
  });
  app.setNotFoundHandler((_request, reply) => refuse(reply, 'nothing here', 404));

  app.addHook('onRequest', async (request, reply) => {
    reply.header('content-security-policy', POLICY);
    reply.header('x-content-type-options', 'nosniff');
    reply.header('referrer-policy', 'no-referrer');
    reply.header('cross-origin-opener-policy', 'same-origin');
    // A page elsewhere could reach loopback by a name of its own (DNS rebinding): only our address counts.
    if (`http://${request.headers.host ?? ''}` !== origin) return refuse(reply, 'wrong Host');
    const { origin: sender } = request.headers;
    if (sender !== undefined && sender !== origin) return refuse(reply, 'wrong Origin');
    return undefined;
  });

  app.get('/enter', async (request, reply) => {
    const given = (request.query as Record<string, unknown>)['token'];
    if (typeof given !== 'string' || !(same(given, token) || (await redeem(entrance, given))))
      return refuse(reply, 'wrong token');
    const key = randomBytes(24).toString('base64url');
    // Where whoever comes is signed in, a lock keeps nobody out.
    const client = newClient({ window: options.signInAs === undefined });
    clients.set(key, client);
    if (options.signInAs) await workstation.connect(client).api.session.signIn(options.signInAs);
    return reply.setCookie(COOKIE, key, { httpOnly: true, sameSite: 'strict', path: '/' }).redirect('/');
  });

  app.all('/rpc/*', async (request, reply) => {
    const client = clientOf(request);
    if (client === undefined) return refuse(reply, 'no session; use the address that Heshi printed');
    const { matched } = await handler.handle(request, reply, {
      prefix: '/rpc',
      context: workstation.contextOf(client),
    });
    return matched ? reply : refuse(reply, 'no such call', 404);
  });

  app.route({
    method: ['GET', 'HEAD', 'POST'],
    url: `${EVIDENCE_PATH}*`,
    handler: async (request, reply) => {
      const client = clientOf(request);
      const url = new URL(request.url, origin);
      if (client === undefined || !isEvidencePath(url.pathname))
        return refuse(reply, 'no session; use the address that Heshi printed');
      const { method } = request;
      const headers = new Headers(
        typeof request.headers.range === 'string' ? { range: request.headers.range } : {},
      );
      const body =
        method === 'POST'
          ? { body: Readable.toWeb(request.raw) as ReadableStream<Uint8Array>, duplex: 'half' as const }
          : {};
      return reply.send(
        await answerEvidence(workstation.contextOf(client), new Request(url, { method, headers, ...body })),
      );
    },
  });

  await app.register(files, { root: options.renderer ?? RENDERER, wildcard: true, index: ['index.html'] });
  app.addHook('preHandler', async (request, reply) => {
    if (request.url.startsWith('/enter') || request.url.startsWith('/rpc/')) return undefined;
    return clientOf(request) === undefined
      ? refuse(reply, 'no session; use the address that Heshi printed')
      : undefined;
  });

  await app.listen({ host: '127.0.0.1', port: options.port ?? 0 });
  const address = app.server.address();
  origin = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  await announceAddress(entrance, origin);
  const url = enterAddress(origin, token);
  if (options.open) await host.openExternal(url);
  return {
    url,
    workstation,
    close: async () => {
      await withdrawAddress(entrance);
      await workstation.close();
      app.server.closeAllConnections();
      await app.close();
    },
  };
}
