import { sql } from 'kysely';
import type { EvidenceAdded } from '../../domain/evidence/index.ts';
import type { StaffContext } from '../kernel/parts.ts';
import { capture } from './capture.ts';

/** A file as a call brings it along. */
type Brought = { name: string; base64: string };
/** A file as its record names it. */
type Named = Pick<EvidenceAdded, 'sha256' | 'size' | 'name' | 'mediaType'>;

/**
 * Takes in a file that a form is to name later: its record's fact links it, and until then it only lies here.
 * @throws RuleRefused evidence-empty, evidence-type, evidence-too-large; StorageError
 */
export async function keepFile(
  { workstation }: StaffContext,
  { name, base64 }: Brought,
): Promise<Omit<Named, 'name'>> {
  const body = (async function* () {
    yield Buffer.from(base64, 'base64');
  })();
  return capture(workstation.content, { name }, body, async ({ sha256, size, mediaType }) => {
    const at = workstation.clock().toISOString();
    await workstation.store.write((writer) =>
      sql`
      INSERT INTO evidence_content (sha256, size, held_at) VALUES (${sha256}, ${size}, ${at})
      ON CONFLICT (sha256) DO UPDATE SET held_at = coalesce(held_at, excluded.held_at)`.execute(writer),
    );
    return { sha256, size, mediaType };
  });
}

/** A whole file of a record; one that does not lie here is brought from the centre first. @throws CENTRE_UNREACHABLE */
export async function readFile(
  { workstation }: StaffContext,
  recordId: string,
  { sha256, size, name, mediaType }: Named,
): Promise<Brought & { mediaType: string }> {
  if (!(await workstation.content.has(sha256)))
    await workstation.downloads.fetch({ caseId: recordId, sha256, size, name });
  const pieces: Buffer[] = [];
  for await (const piece of workstation.content.read(sha256)) pieces.push(piece);
  return { name, mediaType, base64: Buffer.concat(pieces).toString('base64') };
}
