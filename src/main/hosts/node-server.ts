import { hash, randomBytes, timingSafeEqual } from 'node:crypto';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import cookie from '@fastify/cookie';
import files from '@fastify/static';
import { RPCHandler } from '@orpc/server/fastify';
import fastify, { type FastifyError, type FastifyReply, type FastifyRequest } from 'fastify';
import { EVIDENCE_PATH } from '../../contract/workstation/evidence.ts';
import { PAGE_KEY_FRAGMENT, PAGE_KEY_HEADER, PAGE_KEY_QUERY } from '../../contract/workstation/page-key.ts';
import { newClient, type CallContext, type Client } from '../kernel/parts.ts';
import { answerEvidence, isEvidencePath } from '../evidence/web.ts';
import { router } from '../capabilities.ts';
import { attendWorkstation } from '../attended.ts';
import { damagedRouter, type DamagedContext } from '../repair/index.ts';
import type { Workstation, WorkstationOptions } from '../workstation.ts';
import { announceAddress, enterAddress, redeem, withdrawAddress } from './entrance.ts';
import { createNodeHost } from './node.ts';

/** Built by `npm run build:renderer`. */
const RENDERER = join(dirname(fileURLToPath(import.meta.url)), '../../../out/renderer');
/** With its port: one browser may have several workstations open, and whatever else listens on this machine. */
const cookieOf = (port: number): string => `heshi-workstation-${port}`;
/** A spreadsheet of a register, and some papers; evidence is not held and has a limit of its own. */
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

export type NodeHost = {
  /** Where a browser enters, good once. */
  url: string;
  /** Another address to enter by, good once. */
  link(): string;
  /** @throws Error while its store does not open */
  readonly workstation: Workstation;
  close(): Promise<void>;
};

/** Another program listens where this one was told to. */
export class PortInUse extends Error {
  readonly code = 'EADDRINUSE';
  constructor(port: number, cause: unknown) {
    super(`Port ${port} of this computer is taken by another program`, { cause });
  }
}

const isTaken = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';

/** A window's session: its cookie's value is the key of the map that holds it. */
type Session = { client: Client; pageKey: string };

const secret = (): string => randomBytes(24).toString('base64url');
/** What is kept of a token: comparing hashes tells nothing of how far a guess was right. */
const tokenHash = (token: string): string => hash('sha256', token);

function same(one: string, other: string): boolean {
  const a = Buffer.from(one);
  const b = Buffer.from(other);
  return a.length === b.length && timingSafeEqual(a, b);
}

/**
 * Serves the workstation to a browser on this machine: loopback only, a token in the first address, good once, turned into a cookie
 * and a key of the page (`contract/workstation/page-key.ts`), both of which every call shows; Host and Origin checked on every request.
 */
export async function startNodeHost(options: NodeHostOptions): Promise<NodeHost> {
  const host = createNodeHost(options.dataFolder);
  const entrance = options.announceIn ?? options.dataFolder;
  const attended = await attendWorkstation({ ...options, host });
  const tokens = new Set<string>();
  const sessions = new Map<string, Session>();
  const handler = new RPCHandler<CallContext>(router);
  const damagedHandler = new RPCHandler<DamagedContext>(damagedRouter);
  const app = fastify({ bodyLimit: BODY_LIMIT, logger: false });
  let origin = '';
  let cookieName = '';

  const refuse = (reply: FastifyReply, reason: string, status = 403): FastifyReply =>
    reply.code(status).type('text/plain; charset=utf-8').send(`Heshi: ${reason}`);

  const link = (): string => {
    const token = secret();
    tokens.add(tokenHash(token));
    return enterAddress(origin, token);
  };
  /** Whose window this is by its cookie alone: enough for what is the same for everybody, such as the screens' own files. */
  const sessionOf = (request: FastifyRequest): Session | undefined => {
    const key = request.cookies[cookieName];
    return key === undefined ? undefined : sessions.get(key);
  };
  const clientOf = (request: FastifyRequest): Client | undefined => {
    const session = sessionOf(request);
    const given =
      request.headers[PAGE_KEY_HEADER] ?? (request.query as Record<string, unknown>)[PAGE_KEY_QUERY];
    return session !== undefined && typeof given === 'string' && same(given, session.pageKey)
      ? session.client
      : undefined;
  };

  await app.register(cookie);
  // oRPC reads bodies itself.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, _payload, done) => done(null, undefined));

  // What the framework itself refuses keeps its status; of anything else nobody outside learns more than that it failed.
  app.setErrorHandler((error: FastifyError, _request, reply) => {
    const { statusCode = 500 } = error;
    const refused = statusCode >= 400 && statusCode < 500;
    if (!refused) attended.now().workstation?.gate.problem('unexpected', error.stack ?? error.message);
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
    if (!request.url.startsWith('/rpc/')) return undefined;
    // What is sent with a call is held in memory; a browser always says how much that is.
    const { 'content-length': length, 'transfer-encoding': pieces } = request.headers;
    if (pieces !== undefined) return refuse(reply, 'the length must be said', 411);
    return Number(length ?? 0) > BODY_LIMIT ? refuse(reply, 'that is too much', 413) : undefined;
  });

  app.get('/enter', async (request, reply) => {
    const given = (request.query as Record<string, unknown>)['token'];
    const enters =
      typeof given === 'string' && (tokens.delete(tokenHash(given)) || (await redeem(entrance, given)));
    // Whoever goes back to the address they came by is where they were.
    if (!enters && sessionOf(request) !== undefined) return reply.redirect('/');
    if (!enters) return refuse(reply, 'wrong token, or used before; start Heshi again for another address');
    const key = secret();
    // Where whoever comes is signed in, a lock keeps nobody out.
    const client = newClient({ window: options.signInAs === undefined });
    const session = { client, pageKey: secret() };
    sessions.set(key, session);
    const { workstation } = attended.now();
    if (options.signInAs) await workstation?.connect(client).api.session.signIn(options.signInAs);
    return reply
      .setCookie(cookieName, key, { httpOnly: true, sameSite: 'strict', path: '/' })
      .redirect(`/${PAGE_KEY_FRAGMENT}${session.pageKey}`);
  });

  app.all('/rpc/*', async (request, reply) => {
    const client = clientOf(request);
    if (client === undefined) return refuse(reply, 'no session; use the address that Heshi printed');
    const behind = attended.now();
    const { matched } =
      behind.workstation === null
        ? await damagedHandler.handle(request, reply, { prefix: '/rpc', context: behind.damaged })
        : await handler.handle(request, reply, {
            prefix: '/rpc',
            context: behind.workstation.contextOf(client),
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
      const { workstation } = attended.now();
      if (workstation === null) return refuse(reply, 'the store does not open', 503);
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
    return sessionOf(request) === undefined
      ? refuse(reply, 'no session; use the address that Heshi printed')
      : undefined;
  });

  await app.listen({ host: '127.0.0.1', port: options.port ?? 0 }).catch(async (error: unknown) => {
    await attended.close();
    throw isTaken(error) ? new PortInUse(options.port ?? 0, error) : error;
  });
  const address = app.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  origin = `http://127.0.0.1:${port}`;
  cookieName = cookieOf(port);
  // A folder that takes no file must not keep the page from saying so.
  await announceAddress(entrance, origin).catch((error: unknown) => {
    if (attended.now().workstation !== null) throw error;
  });
  const url = link();
  if (options.open) await host.openExternal(url);
  return {
    url,
    link,
    get workstation() {
      const { workstation } = attended.now();
      if (workstation === null) throw new Error('The store does not open');
      return workstation;
    },
    close: async () => {
      await withdrawAddress(entrance).catch(() => undefined);
      await attended.close();
      app.server.closeAllConnections();
      await app.close();
    },
  };
}
