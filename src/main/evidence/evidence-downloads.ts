import { sql } from 'kysely';
import type { ContentStore } from './content-store.ts';
import { asDiskError } from './content-store.ts';
import { RuleRefused, type Store } from '../kernel/store/index.ts';
import { CentreError, type CentreLink } from '../kernel/sync/centre-link.ts';

declare module '../kernel/parts.ts' {
  interface CapabilityParts {
    downloads: EvidenceDownloads;
  }
}

/** Tries in a row that bring no byte before the download is given up. */
const TRIES = 4;
const RETRY_MS = 200;

export type WantedEvidence = { caseId: string; sha256: string; size: number; name: string };

export type EvidenceDownloads = {
  /**
   * Brings content from the centre, once however many ask for it; a cut link is taken up where it broke.
   * @throws RuleRefused evidence-not-there-yet, evidence-damaged; CentreError; StorageError
   */
  fetch(wanted: WantedEvidence): Promise<void>;
};

type Options = {
  store: Store;
  content: ContentStore;
  clock: () => Date;
  link: () => CentreLink | null;
};

function refused(rule: string, { name }: WantedEvidence): RuleRefused {
  return new RuleRefused({ rule, parameters: { name } });
}

export function createEvidenceDownloads({ store, content, clock, link }: Options): EvidenceDownloads {
  const underWay = new Map<string, Promise<void>>();

  /** One request's bytes; true when they ended well. */
  const take = async (
    way: CentreLink,
    wanted: WantedEvidence,
    from: number,
    write: (bytes: Uint8Array) => Promise<void>,
  ): Promise<void> => {
    const response = await way.request(`/v1/evidence/content/${wanted.caseId}/${wanted.sha256}`, {
      headers: from === 0 ? {} : { range: `bytes=${from}-` },
    });
    // The fact has come, its content has not: the other workstation has yet to send it.
    if (response.status === 404) throw refused('evidence-not-there-yet', wanted);
    if (response.status !== (from === 0 ? 200 : 206) || response.body === null)
      throw new CentreError('EVIDENCE_UNAVAILABLE', new Error(`Status ${response.status}`));
    for await (const piece of response.body) await write(piece);
  };

  const fetchOnce = async (wanted: WantedEvidence): Promise<void> => {
    const way = link();
    if (way === null) throw new CentreError('UNREACHABLE', new Error('not enrolled'));
    const { file, writer } = await content.begin();
    let finished;
    try {
      for (let tries = 0; writer.size() < wanted.size;) {
        const before = writer.size();
        try {
          await take(way, wanted, before, async (bytes) => {
            // Never more than the fact says, whatever comes.
            if (writer.size() + bytes.length > wanted.size) throw refused('evidence-damaged', wanted);
            await writer.write(bytes);
          });
          if (writer.size() === before) tries += 1;
        } catch (error) {
          tries = writer.size() > before ? 0 : tries + 1;
          const cut =
            error instanceof TypeError || (error instanceof CentreError && error.code === 'UNREACHABLE');
          if (!cut || tries >= TRIES) throw cut ? new CentreError('UNREACHABLE', error) : error;
          await new Promise((resolve) => setTimeout(resolve, RETRY_MS * tries));
        }
        if (tries >= TRIES) throw new CentreError('UNREACHABLE', new Error('nothing comes'));
      }
      finished = await writer.finish();
      if (finished.sha256 !== wanted.sha256) throw refused('evidence-damaged', wanted);
    } catch (error) {
      await writer.discard();
      throw asDiskError(error);
    }
    const heldAt = clock().toISOString();
    await content.place(file, wanted.sha256, () =>
      store.write((writing) =>
        sql`
          INSERT INTO evidence_content (sha256, size, held_at) VALUES (${wanted.sha256}, ${wanted.size}, ${heldAt})
          ON CONFLICT (sha256) DO UPDATE SET held_at = excluded.held_at`.execute(writing),
      ),
    );
  };

  return {
    fetch: (wanted) => {
      const known = underWay.get(wanted.sha256);
      if (known !== undefined) return known;
      const run = fetchOnce(wanted).finally(() => underWay.delete(wanted.sha256));
      underWay.set(wanted.sha256, run);
      return run;
    },
  };
}
