import { answerText, bodyHashOf, NONCE_HEADER, SIGNATURE_HEADER } from '../../src/protocol/centre-key.ts';
import { CENTRE_KEY } from './postgres.ts';

type Said = { status: number; body: string };

/**
 * An answer to that request as somebody with the centre's key would give it: what centres of other releases say, or one whose database
 * somebody has edited.
 */
export async function speakAsCentre(
  input: string | URL | Request,
  init: RequestInit | undefined,
  { status, body }: Said,
): Promise<Response> {
  const request = new Request(input, init);
  const { pathname, search } = new URL(request.url);
  const asked = {
    nonce: request.headers.get(NONCE_HEADER) ?? '',
    method: request.method,
    path: pathname + search,
    bodyHash: bodyHashOf(new Uint8Array(await request.arrayBuffer())),
  };
  const headers = {
    'content-type': 'application/json',
    [SIGNATURE_HEADER]: CENTRE_KEY.sign(answerText(asked, status, body)),
  };
  return new Response(body, { status, headers });
}
