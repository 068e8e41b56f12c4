import { randomBytes } from 'node:crypto';
import { answerText, bodyHashOf, NONCE_HEADER, SIGNATURE_HEADER, type Asked } from './centre-key.ts';
import { verifyText } from './keys.ts';

/** What came is not what the centre answered to this request: somebody else speaks on the line. */
export class NotTheCentre extends Error {}

/** Codes of gateways that stand between and have no answer of the centre's to give. */
const OF_GATEWAYS = new Set([408, 502, 503, 504]);

/** Without a body, as the standard has it. */
const BODILESS = new Set([204, 205, 304]);

/**
 * What is long or without end and proves itself otherwise: nudges only say that something may be worth asking, content is known
 * by its hash, and an upload counts when the centre has said by a signed answer that it holds the content.
 */
function provesItself(method: string, path: string): boolean {
  return (
    path === '/v1/nudges' ||
    path.startsWith('/v1/evidence/uploads') ||
    (method === 'GET' && path.startsWith('/v1/evidence/content/'))
  );
}

/** A request's address behind the centre's own, which a proxy may have put below a folder. */
function pathBehind(url: string, baseUrl: string): string {
  const asked = new URL(url);
  const base = new URL(baseUrl).pathname.replace(/\/$/, '');
  return asked.pathname.slice(base.length) + asked.search;
}

/**
 * A `fetch` that gives only answers which the centre itself has made, to just this request, word for word: each request bears a
 * number of its own, and the answer a signature over both. `publicKey` gives the centre's key at each call; while it is undefined,
 * answers are taken as they come. @throws NotTheCentre; TypeError where a gateway had no answer, as where there is no line
 */
export function signedFetch(
  fetcher: typeof fetch,
  baseUrl: string,
  publicKey: () => string | undefined,
): typeof fetch {
  return async (input, init) => {
    const key = publicKey();
    const asks = input instanceof Request ? input : null;
    const method = (init?.method ?? asks?.method ?? 'GET').toUpperCase();
    const path = pathBehind(input instanceof Request ? input.url : String(input), baseUrl);
    if (key === undefined || provesItself(method, path.split('?')[0] ?? '')) return fetcher(input, init);
    const request = new Request(input, init);
    const given = init?.body instanceof Uint8Array ? init.body : new Uint8Array(await request.arrayBuffer());
    const nonce = randomBytes(18).toString('base64url');
    const headers = new Headers(request.headers);
    headers.set(NONCE_HEADER, nonce);
    const response = await fetcher(request.url, {
      method,
      headers,
      ...(given.length === 0 ? {} : { body: given as Uint8Array<ArrayBuffer> }),
      signal: request.signal,
    });
    const body = new Uint8Array(await response.arrayBuffer());
    const { status } = response;
    const signature = response.headers.get(SIGNATURE_HEADER);
    const asked: Asked = { nonce, method, path, bodyHash: bodyHashOf(given) };
    const isSigned = (one: Asked): boolean =>
      signature !== null && verifyText(key, answerText(one, status, body), signature);
    // What is refused may have been refused before its body was read.
    const proved = isSigned(asked) || (status >= 400 && isSigned({ ...asked, bodyHash: null }));
    if (!proved) {
      if (signature === null && OF_GATEWAYS.has(status))
        throw new TypeError(`No answer of the centre: ${status}`);
      throw new NotTheCentre(
        `${method} ${path.split('?')[0]}: ${status}, ${signature === null ? 'unsigned' : 'wrongly signed'}`,
      );
    }
    return new Response(BODILESS.has(status) || body.length === 0 ? null : body, {
      status,
      headers: response.headers,
    });
  };
}
