import { randomBytes } from 'node:crypto';
import { answerText, bodyHashOf, NONCE_HEADER, SIGNATURE_HEADER, type Asked } from './centre-key.ts';
import { verifyText } from './keys.ts';

/** The answer was not signed by the centre for this request: someone else is on the line. */
export class NotTheCentre extends Error {}

/** Status codes of gateways that have no answer from the centre to pass on. */
const OF_GATEWAYS = new Set([408, 502, 503, 504]);

/** Status codes without a body, by the standard. */
const BODILESS = new Set([204, 205, 304]);

/**
 * Long or endless answers that need no signature: nudges only suggest asking again, content is verified by its hash, and an upload
 * counts only once a signed answer of the centre confirms it.
 */
function provesItself(method: string, path: string): boolean {
  return (
    path === '/v1/nudges' ||
    path.startsWith('/v1/evidence/uploads') ||
    (method === 'GET' && path.startsWith('/v1/evidence/content/'))
  );
}

/** A request's path relative to the centre's base URL, which may itself lie below a path of a proxy. */
function pathBehind(url: string, baseUrl: string): string {
  const asked = new URL(url);
  const base = new URL(baseUrl).pathname.replace(/\/$/, '');
  return asked.pathname.slice(base.length) + asked.search;
}

/**
 * A `fetch` that returns only answers signed by the centre for exactly this request: each request carries a nonce, and the answer a
 * signature over both. `publicKey` is asked at each call; while it returns undefined, answers are accepted unsigned.
 * @throws NotTheCentre; TypeError when a gateway has no answer, as when there is no network
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
    // A refusal may have been sent before the body was read.
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
