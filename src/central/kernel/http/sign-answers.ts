import type { FastifyInstance, FastifyRequest } from 'fastify';
import {
  answerText,
  bodyHashOf,
  NONCE_HEADER,
  SIGNATURE_HEADER,
  type CentreKey,
} from '../../../protocol/centre-key.ts';

const NONCE = /^[\w-]{16,64}$/;
const EMPTY = bodyHashOf('');

function nonceOf(request: FastifyRequest): string | null {
  const nonce = request.headers[NONCE_HEADER];
  return typeof nonce === 'string' && NONCE.test(nonce) ? nonce : null;
}

/**
 * Signs every answer to a call that bears a number of its own, so that its caller knows it for this centre's and for the answer to
 * just this call. What is streamed is not signed. Returns what is to be told of each body that is read.
 */
export function addSignatures(
  app: FastifyInstance,
  key: CentreKey,
): { bodyRead(request: FastifyRequest, body: Uint8Array): void } {
  const bodies = new WeakMap<FastifyRequest, string>();
  const hasBody = ({ headers }: FastifyRequest): boolean =>
    (headers['content-length'] ?? '0') !== '0' || headers['transfer-encoding'] !== undefined;
  app.addHook('onSend', async (request, reply, payload) => {
    const nonce = nonceOf(request);
    if (nonce === null) return payload;
    // Of an answer to HEAD only its status and headers arrive.
    const sent = request.method === 'HEAD' ? '' : (payload ?? '');
    if (typeof sent !== 'string' && !(sent instanceof Uint8Array)) return payload;
    const asked = {
      nonce,
      method: request.method,
      path: request.raw.url ?? '',
      bodyHash: bodies.get(request) ?? (hasBody(request) ? null : EMPTY),
    };
    reply.header(SIGNATURE_HEADER, key.sign(answerText(asked, reply.statusCode, sent)));
    return payload;
  });
  return {
    bodyRead: (request, body) => {
      if (nonceOf(request) !== null) bodies.set(request, bodyHashOf(body));
    },
  };
}
