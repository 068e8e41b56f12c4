import { ORPCError } from '@orpc/server';
import { AddEvidence, EVIDENCE_ACCESS, EVIDENCE_PATH } from '../../contract/workstation/evidence.ts';
import { byteRange } from '../../protocol/byte-range.ts';
import { admit } from '../kernel/access.ts';
import { logFirstAccess } from '../kernel/access-log.ts';
import type { CallContext, StaffContext } from '../kernel/parts.ts';
import { serviceError, toContractError } from '../kernel/errors.ts';
import { addEvidence, openEvidence } from './evidence.ts';

/**
 * What an evidence file may do where it is shown: nothing but be seen. It was sent by somebody, and its type is
 * what its bytes say; no script in it runs, and only our own page frames it.
 */
const CONTENT_POLICY = [
  "default-src 'none'",
  "img-src 'self'",
  "media-src 'self'",
  "object-src 'self'",
  "style-src 'unsafe-inline'",
  "frame-ancestors 'self'",
].join('; ');

/** True for addresses that `answerEvidence` answers. */
export function isEvidencePath(pathname: string): boolean {
  return pathname === EVIDENCE_PATH || pathname.startsWith(`${EVIDENCE_PATH}/`);
}

function answerError(context: CallContext, error: unknown): Response {
  const failure = toContractError(error, (code, text) => context.gate.problem(code, text));
  const { code, data, status } =
    failure instanceof ORPCError
      ? { code: String(failure.code), data: failure.data as unknown, status: failure.status }
      : { code: 'UNEXPECTED', data: null, status: 500 };
  return Response.json({ code, data }, { status, headers: { 'cache-control': 'no-store' } });
}

async function take(caller: CallContext, request: Request, url: URL): Promise<Response> {
  const body = request.body?.[Symbol.asyncIterator]() ?? (async function* () {})();
  try {
    const context = await admit(caller, EVIDENCE_ACCESS.add, null);
    const { success, data, error } = AddEvidence.safeParse(Object.fromEntries(url.searchParams));
    if (!success) {
      const issues = error.issues.map((issue) => ({
        field: issue.path.map(String).join('.'),
        rule: issue.code,
      }));
      throw serviceError('INPUT_INVALID', { issues });
    }
    return Response.json(await addEvidence(context, data, body), { status: 201 });
  } catch (error) {
    // A browser hears an answer only after all it sends was taken.
    while ((await body.next().catch(() => ({ done: true }))).done !== true);
    return answerError(caller, error);
  }
}

/** The pieces of a generator as a body that is read no faster than it is sent. */
function bodyOf(first: IteratorResult<Buffer>, rest: AsyncGenerator<Buffer>): ReadableStream<Uint8Array> {
  let next: IteratorResult<Buffer> | null = first;
  return new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      const { done, value } = next ?? (await rest.next());
      next = null;
      if (done === true) controller.close();
      else controller.enqueue(new Uint8Array(value));
    },
    cancel: async () => {
      await rest.return(undefined);
    },
  });
}

async function give(
  context: StaffContext,
  request: Request,
  caseId: string,
  sha256: string,
): Promise<Response> {
  const { item, read } = await openEvidence(context, caseId, sha256);
  const range = byteRange(request.headers.get('range'), item.size);
  if (range === null)
    return new Response(null, { status: 416, headers: { 'content-range': `bytes */${item.size}` } });
  const headers = new Headers({
    'content-type': item.mediaType,
    'content-length': String(range.end - range.start),
    'content-disposition': `inline; filename*=UTF-8''${encodeURIComponent(item.name)}`,
    'content-security-policy': CONTENT_POLICY,
    'x-content-type-options': 'nosniff',
    'accept-ranges': 'bytes',
    // Sealed on our disk; a plain copy in the browser's cache would undo that.
    'cache-control': 'no-store',
  });
  if (range.partial) headers.set('content-range', `bytes ${range.start}-${range.end - 1}/${item.size}`);
  const status = range.partial ? 206 : 200;
  if (request.method === 'HEAD') return new Response(null, { status, headers });
  // Once for all of a case: its page shows each picture small, and a player fetches a recording in many pieces.
  await logFirstAccess(context, { action: 'read', kind: 'case', id: caseId, what: 'evidence' });
  const pieces = read(range.start, range.end);
  // Damage shows with the first piece, while there is still an answer to give.
  return new Response(bodyOf(await pieces.next(), pieces), { status, headers });
}

/**
 * Answers requests for evidence files, the same in both hosts: POST to add, GET or HEAD to read, with Range.
 * The host has checked who asks; `context` is theirs.
 */
export async function answerEvidence(context: CallContext, request: Request): Promise<Response> {
  const url = new URL(request.url);
  const leave = context.gate.enter();
  try {
    if (request.method === 'POST' && url.pathname === EVIDENCE_PATH) return await take(context, request, url);
    const [caseId, sha256, more] = url.pathname.slice(EVIDENCE_PATH.length + 1).split('/');
    if (!['GET', 'HEAD'].includes(request.method) || !caseId || !sha256 || more !== undefined)
      throw serviceError('NOT_FOUND');
    return await give(await admit(context, EVIDENCE_ACCESS.read, null), request, caseId, sha256);
  } catch (error) {
    return answerError(context, error);
  } finally {
    leave();
  }
}
