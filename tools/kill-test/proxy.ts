import {
  createServer,
  request as httpRequest,
  type IncomingHttpHeaders,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server behind the proxy: its address, which may change, and what is known of its deaths. */
export type Behind = { url(): string; deaths?(): { begun: number; dying: boolean } };

export type BrokenOff = { withServer: number; otherwise: number; noServer: number };

export type Proxy = {
  url: string;
  /** How many requests each of the servers behind has answered. */
  served(): number[];
  /** Requests that broke off, events' streams apart: at a server that was dying or died meanwhile, at any other, and at none. */
  brokenOff(): BrokenOff;
  close(): Promise<void>;
};

/** Errors under which a request has not reached the server, so that another may have it. */
const NOT_REACHED = new Set(['ECONNREFUSED', 'EHOSTUNREACH']);

/** Longer than any connection rests in these tests: one closed at rest may meet the client's next request. */
const REST_MS = 300_000;

/** What speaks of the connection to the server, and would lie about the client's: how long that one may rest, for instance. */
function endToEnd(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => name !== 'connection' && name !== 'keep-alive'),
  );
}

/**
 * A plain HTTP proxy: each request goes to the next server in turn, whoever sends it (no sticky sessions). A server
 * that does not accept the connection is passed over; one that breaks off in the middle of a request breaks the
 * client's connection too, for nobody but the client may say whether to send it again.
 */
export async function startProxy(servers: readonly Behind[]): Promise<Proxy> {
  let turn = 0;
  const served = servers.map(() => 0);
  const brokenOff: BrokenOff = { withServer: 0, otherwise: 0, noServer: 0 };
  const noServer = (response: ServerResponse): void => {
    brokenOff.noServer += 1;
    refuse(response);
  };
  const server = createServer((request, response) => {
    const first = turn;
    turn = (turn + 1) % servers.length;
    const chunks: Buffer[] = [];
    request.on('error', () => response.destroy());
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => send(first, 0));

    const send = (at: number, refused: number): void => {
      const behind = servers[at];
      if (behind === undefined || refused === servers.length) return noServer(response);
      const atStart = behind.deaths?.();
      let counted = false;
      const breakOff = (): void => {
        response.destroy();
        if (counted) return;
        counted = true;
        const died = atStart?.dying === true || behind.deaths?.().begun !== atStart?.begun;
        brokenOff[died ? 'withServer' : 'otherwise'] += 1;
      };
      const onward = httpRequest(
        new URL(request.url ?? '/', behind.url()),
        { method: request.method, headers: request.headers, agent: false },
        (answer) => {
          counted = answer.headers['content-type']?.includes('text/event-stream') ?? false;
          response.writeHead(answer.statusCode ?? 502, endToEnd(answer.headers));
          answer.pipe(response);
          answer.on('error', breakOff);
          answer.on('end', () => {
            served[at] = (served[at] ?? 0) + 1;
          });
        },
      );
      onward.on('error', (error: NodeJS.ErrnoException) => {
        if (NOT_REACHED.has(error.code ?? '')) return send((at + 1) % servers.length, refused + 1);
        breakOff();
        return undefined;
      });
      onward.end(Buffer.concat(chunks));
    };
  });
  server.keepAliveTimeout = REST_MS;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    // A TCP server's address is always of this form.
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    served: () => [...served],
    brokenOff: () => ({ ...brokenOff }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function refuse(response: ServerResponse): void {
  response.writeHead(503, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ code: 'NO_SERVER', message: 'No centre answers' }));
}
