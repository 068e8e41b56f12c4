import { DetailedError, Upload } from 'tus-js-client';
import { ContentDamaged } from '../../protocol/sealed-content.ts';
import type { ContentStore } from './content-store.ts';
import type { Store } from '../kernel/store/index.ts';
import { CentreError, type CentreLink } from '../kernel/sync/centre-link.ts';
import { waitingEvidence, type WaitingEvidence } from './evidence-waiting.ts';
import { tusStack, type ChunkReader } from './tus-stack.ts';

declare module '../kernel/parts.ts' {
  interface CapabilityParts {
    uploads: EvidenceUploads;
  }
}

/** One request carries so much: what a cut costs at worst, and what an upload holds in memory. */
const CHUNK_BYTES = 4 * 1024 * 1024;
/** Waits between tries while nothing moves; every byte that arrives begins them anew. */
const RETRY_MS = [100, 500, 2_000, 5_000];

/**
 * Why evidence does not move, under `sync.evidenceReason.<code>`: damaged and refused need a person, the others
 * are tried again by themselves.
 */
export type EvidenceReason = 'evidence-damaged' | 'evidence-refused' | 'centre-unreachable' | 'unexpected';

export type EvidenceUploads = {
  /** Brings what waits to the centre, one after the other; at once when that is under way already. Never throws. */
  run(): Promise<void>;
  /** Bytes of this content that the centre has, while it is on its way. */
  sent(sha256: string): number;
  /** What waits here for the centre, being sent or not. */
  waiting(): Promise<{ count: number; bytes: number }>;
  reason(): EvidenceReason | null;
  stop(): Promise<void>;
};

type Options = {
  store: Store;
  content: ContentStore;
  link: () => CentreLink | null;
  /** Something moved: a file has arrived, or will not for now. */
  onChange: () => void;
  onProblem: (code: string, text: string) => void;
};

function reasonOf(error: unknown): EvidenceReason {
  if (error instanceof ContentDamaged) return 'evidence-damaged';
  if (error instanceof CentreError && error.code === 'UNREACHABLE') return 'centre-unreachable';
  if (error instanceof DetailedError) {
    const status = error.originalResponse?.getStatus() ?? 0;
    if (status === 429) return 'unexpected';
    if (status >= 400 && status < 500) return 'evidence-refused';
    return error.causingError === null ? 'unexpected' : reasonOf(error.causingError);
  }
  return 'unexpected';
}

/** Whether the centre holds this content of that case. */
async function isHeld(link: CentreLink, { caseId, sha256 }: WaitingEvidence): Promise<boolean> {
  return (await link.request(`/v1/evidence/content/${caseId}/${sha256}`, { method: 'HEAD' })).ok;
}

/** Brings evidence to the centre, apart from events: slow files hold no facts up, and the other way round. */
export function createEvidenceUploads(options: Options): EvidenceUploads {
  const { store, content } = options;
  const sent = new Map<string, number>();
  let reason: EvidenceReason | null = null;
  let current: Promise<void> | undefined;
  let running: { abort(): Promise<void> } | null = null;
  let stopped = false;

  const mark = (
    one: WaitingEvidence,
    values: { waiting?: 0; upload_path: string | null },
  ): Promise<unknown> =>
    store.write((writer) =>
      writer
        .updateTable('evidence_link')
        .set(values)
        .where('sha256', '=', one.sha256)
        .where('case_id', '=', one.caseId)
        .execute(),
    );

  const send = async (link: CentreLink, one: WaitingEvidence): Promise<void> => {
    const { sha256, caseId } = one;
    if (await isHeld(link, one)) return;
    const outcome = Promise.withResolvers<void>();
    const reader: ChunkReader = {
      size: one.size,
      slice: async (start, end) => {
        const pieces: Uint8Array<ArrayBuffer>[] = [];
        try {
          for await (const piece of content.read(sha256, start, end)) pieces.push(new Uint8Array(piece));
        } catch (error) {
          // A file that is gone is as bad as one that is changed: no later try mends it.
          throw error instanceof ContentDamaged ? error : new ContentDamaged(sha256, error);
        }
        return { value: new Blob(pieces), done: end >= one.size };
      },
      close: () => undefined,
    };
    const upload = new Upload(Buffer.alloc(0), {
      endpoint: link.address('/v1/evidence/uploads'),
      uploadUrl: one.uploadPath === null ? null : link.address(one.uploadPath),
      metadata: { caseId, sha256 },
      chunkSize: CHUNK_BYTES,
      retryDelays: RETRY_MS,
      storeFingerprintForResuming: false,
      fingerprint: async () => sha256,
      fileReader: { openFile: async () => reader },
      httpStack: tusStack(link),
      onShouldRetry: (error) => {
        const status = error.originalResponse?.getStatus() ?? 0;
        const body = error.originalResponse?.getBody() ?? '';
        return (
          !stopped &&
          !(error.causingError instanceof ContentDamaged) &&
          (status === 0 ||
            status >= 500 ||
            status === 423 ||
            status === 429 ||
            (status === 409 && body !== 'EVIDENCE_HELD'))
        );
      },
      onUploadUrlAvailable: () => {
        // Where it goes on after this program was closed.
        const path = upload.url?.slice(link.address('').length) ?? null;
        if (path === one.uploadPath) return;
        // The upload goes on; only after a restart would it begin anew.
        mark(one, { upload_path: path }).catch((error: unknown) =>
          options.onProblem('evidence-upload', error instanceof Error ? error.message : String(error)),
        );
      },
      onChunkComplete: (_chunk, accepted) => {
        sent.set(sha256, accepted);
        options.onChange();
      },
      onSuccess: () => outcome.resolve(),
      onError: (error) => {
        const held =
          error instanceof DetailedError && error.originalResponse?.getBody().trim() === 'EVIDENCE_HELD';
        if (held) outcome.resolve();
        else outcome.reject(error);
      },
    });
    running = {
      abort: async () => {
        await upload.abort();
        outcome.reject(new Error('stopped'));
      },
    };
    upload.start();
    await outcome.promise.finally(() => {
      running = null;
    });
    // An upload's own answers bear no signature: it is done when the centre says by one that it holds the content.
    if (!(await isHeld(link, one))) throw new Error('Sent, and not held by the centre');
  };

  const round = async (): Promise<void> => {
    const link = options.link();
    if (link === null) return;
    let failed: EvidenceReason | null = null;
    const tried = new Set<string>();
    for (;;) {
      // Asked for anew each time: more may have come in while one was on its way.
      const one = (await waitingEvidence(store.read)).find(
        ({ announced, sha256, caseId }) => announced && !tried.has(`${caseId}/${sha256}`),
      );
      if (stopped || one === undefined) break;
      tried.add(`${one.caseId}/${one.sha256}`);
      try {
        await send(link, one);
        await mark(one, { waiting: 0, upload_path: null });
      } catch (error) {
        if (stopped) return;
        const why = reasonOf(error);
        // What needs a person is said before what mends itself.
        if (failed === null || why.startsWith('evidence-')) failed = why;
        options.onProblem(why, `${one.sha256}: ${error instanceof Error ? error.message : String(error)}`);
        if (why === 'centre-unreachable') break;
      } finally {
        sent.delete(one.sha256);
        reason = failed;
        options.onChange();
      }
    }
    reason = failed;
  };

  return {
    run: () => {
      current ??= round()
        .catch((error: unknown) => {
          if (!stopped)
            options.onProblem('unexpected', error instanceof Error ? error.message : String(error));
        })
        .finally(() => {
          current = undefined;
        });
      return current;
    },
    sent: (sha256) => sent.get(sha256) ?? 0,
    waiting: async () => {
      const all = await waitingEvidence(store.read);
      return { count: all.length, bytes: all.reduce((sum, { size }) => sum + size, 0) };
    },
    reason: () => reason,
    stop: async () => {
      stopped = true;
      await running?.abort();
      await current;
    },
  };
}
