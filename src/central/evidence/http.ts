import { Readable } from 'node:stream';
import { FileStore } from '@tus/file-store';
import { Server as TusServer } from '@tus/server';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { EVIDENCE_ACCESS, EVIDENCE_CONTENT, EVIDENCE_UPLOADS } from '../../contract/centre/evidence.ts';
import { ContentHash } from '../../domain/evidence/events.ts';
import { LARGEST_EVIDENCE } from '../../domain/evidence/media.ts';
import { byteRange } from '../../protocol/byte-range.ts';
import type { CentreContent } from './content.ts';
import { evidenceInSight, isHeld, isHeldInSight, recordHolding } from './holdings.ts';
import type { CentreParts } from '../kernel/http/context.ts';
import type { DeviceSession } from '../kernel/http/sessions.ts';

/** An upload that nobody has gone on with for so long is given up. */
const UPLOAD_KEPT_MS = 7 * 24 * 60 * 60 * 1000;

/** How the tus server is told what to answer. */
type Refusal = { status_code: number; body: string };

const refusal = (status: number, code: string): Refusal => ({ status_code: status, body: code });

/** An error of the contract as a status and its code; anything else stays what it is. */
function asRefusal(error: unknown): unknown {
  if (typeof error !== 'object' || error === null || !('status' in error) || !('code' in error)) return error;
  return refusal(Number(error.status), String(error.code));
}

/**
 * Uploads and downloads of evidence, behind a device's session and within its unit's sight:
 *
 *   POST, HEAD, PATCH `/v1/evidence/uploads…`   tus 1.0; metadata `caseId` and `sha256`
 *   HEAD, GET `/v1/evidence/content/<case>/<sha256>`   with Range
 *
 * An upload is checked against its hash when it is whole; one that differs is thrown away (422 EVIDENCE_HASH).
 * Content that came in through another case in sight need not come again (409 EVIDENCE_HELD).
 */
export async function addEvidenceRoutes(
  app: FastifyInstance,
  parts: CentreParts,
  content: CentreContent,
  log: Logger,
): Promise<void> {
  const { database, clock } = parts;
  const deviceOf = async (authorization: string | null | undefined): Promise<DeviceSession> => {
    try {
      return await parts.sessions.device(authorization ?? undefined, clock());
    } catch (error) {
      throw asRefusal(error);
    }
  };
  const store = new FileStore({
    directory: content.uploadsFolder,
    expirationPeriodInMilliseconds: UPLOAD_KEPT_MS,
  });
  const named = (metadata: Record<string, string | null> | undefined) => {
    const sha256 = ContentHash.safeParse(metadata?.['sha256']);
    const caseId = metadata?.['caseId'];
    if (!sha256.success || typeof caseId !== 'string') throw refusal(400, 'INPUT_INVALID');
    return { caseId, sha256: sha256.data };
  };
  const sighted = async (device: DeviceSession, metadata: Record<string, string | null> | undefined) => {
    const { caseId, sha256 } = named(metadata);
    const evidence = await evidenceInSight(database, device, caseId, sha256);
    if (evidence === null) throw refusal(404, 'NOT_FOUND');
    return evidence;
  };

  const tus = new TusServer({
    path: EVIDENCE_UPLOADS,
    datastore: store,
    maxSize: LARGEST_EVIDENCE,
    // Relative to the collection, so that the centre may stand behind any address.
    generateUrl: (_request, { id }) => `uploads/${id}`,
    onIncomingRequest: async (request, id) => {
      const device = await deviceOf(request.headers.get('authorization'));
      if (request.method === 'POST') return;
      const upload = await store.getUpload(id);
      if (upload.metadata?.['device'] !== device.deviceId) throw refusal(404, 'NOT_FOUND');
      await sighted(device, upload.metadata);
    },
    onUploadCreate: async (request, upload) => {
      const device = await deviceOf(request.headers.get('authorization'));
      const evidence = await sighted(device, upload.metadata);
      if (upload.size !== evidence.item.size) throw refusal(400, 'INPUT_INVALID');
      if (await isHeldInSight(database, device, evidence)) {
        await recordHolding(database, device, evidence, clock());
        throw refusal(409, 'EVIDENCE_HELD');
      }
      return { metadata: { ...upload.metadata, device: device.deviceId } };
    },
    onUploadFinish: async (request, upload) => {
      const device = await deviceOf(request.headers.get('authorization'));
      const evidence = await sighted(device, upload.metadata);
      const { sha256 } = evidence.item;
      const file = upload.storage?.path ?? '';
      const found = await content.take(file, sha256);
      if (found.sha256 === sha256) {
        await recordHolding(database, device, evidence, clock());
        // Another case may have let go of the last of it in between; from now on this one holds it.
        if (!(await content.has(sha256))) await content.take(file, sha256);
      }
      await store.remove(upload.id);
      if (found.sha256 !== sha256) throw refusal(422, 'EVIDENCE_HASH');
      return {};
    },
    onResponseError: async (_request, error) => {
      if ('status_code' in error) return undefined;
      log.error({ error: error.name }, 'evidence upload failed');
      return refusal(500, 'INTERNAL_SERVER_ERROR');
    },
  });
  await tus.cleanUpExpiredUploads();

  // The bytes of an upload go past Fastify's own reading of bodies.
  app.addContentTypeParser('application/offset+octet-stream', (_request, _payload, done) => done(null));
  const upload = async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    reply.hijack();
    await tus.handle(request.raw, reply.raw);
  };
  const config = { access: EVIDENCE_ACCESS, toFile: true };
  app.route({ method: ['POST'], url: EVIDENCE_UPLOADS, config, handler: upload });
  app.route({ method: ['HEAD', 'PATCH'], url: `${EVIDENCE_UPLOADS}/:id`, config, handler: upload });

  const give = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const { caseId = '', sha256 = '' } = request.params as Record<string, string | undefined>;
    const failed = (status: number, code: string): FastifyReply =>
      reply.code(status).send({ code, status, message: code });
    let device;
    try {
      device = await deviceOf(request.headers.authorization);
    } catch (error) {
      const { status_code: status, body } = error as Refusal;
      return failed(status, body);
    }
    const evidence = await evidenceInSight(database, device, caseId, sha256);
    if (evidence === null || !(await isHeld(database, device, evidence))) return failed(404, 'NOT_FOUND');
    const { size } = evidence.item;
    const range = byteRange(request.headers.range, size);
    if (range === null) return reply.header('content-range', `bytes */${size}`).code(416).send();
    reply
      .code(range.partial ? 206 : 200)
      .header('content-type', 'application/octet-stream')
      .header('accept-ranges', 'bytes')
      .header('cache-control', 'no-store')
      .header('content-length', range.end - range.start);
    if (range.partial) reply.header('content-range', `bytes ${range.start}-${range.end - 1}/${size}`);
    if (request.method === 'HEAD') return reply.send();
    return reply.send(Readable.from(content.read(sha256, range.start, range.end), { objectMode: false }));
  };
  const url = `${EVIDENCE_CONTENT}/:caseId/:sha256`;
  app.route({ method: ['HEAD', 'GET'], url, config: { access: EVIDENCE_ACCESS }, handler: give });
}
