import { ORPCError } from '@orpc/client';
import { EVIDENCE_PATH, type AddEvidence, type EvidenceView } from '../../contract/workstation/evidence.ts';
import { pageHeaders, withPageKey } from '../kernel/api/page-key.ts';
import { LARGEST_EVIDENCE } from '../../domain/evidence/media.ts';

/** Where the workstation gives out a piece of evidence. */
export function evidenceAddress(caseId: string, sha256: string): string {
  return withPageKey(`${EVIDENCE_PATH}/${encodeURIComponent(caseId)}/${sha256}`);
}

/** The workstation's refusal of a file, in the same form as that of any call. */
async function refusalOf(response: Response): Promise<unknown> {
  const body: unknown = await response.json().catch(() => null);
  if (typeof body !== 'object' || body === null || !('code' in body) || body.code === 'UNEXPECTED')
    return response.status === 403
      ? new ORPCError('FORBIDDEN', { status: 403 })
      : new Error(`Status ${response.status}`);
  const data = 'data' in body ? body.data : undefined;
  return new ORPCError(String(body.code), { status: response.status, data, defined: true });
}

/** Adds one file to a case. @throws an error as of any call of the workstation */
export async function addFile(file: File, about: Omit<AddEvidence, 'name'>): Promise<EvidenceView> {
  const { name } = file;
  // Said at once; the workstation says the same once it has read so far.
  if (file.size > LARGEST_EVIDENCE) {
    const parameters = { name, limit: LARGEST_EVIDENCE / 1024 / 1024 };
    throw new ORPCError('RULE', { defined: true, data: { rule: 'evidence-too-large', parameters } });
  }
  const query = new URLSearchParams({ ...about, name });
  const response = await fetch(`${EVIDENCE_PATH}?${query.toString()}`, {
    method: 'POST',
    headers: { ...pageHeaders, 'content-type': 'application/octet-stream' },
    body: file,
  });
  if (!response.ok) throw await refusalOf(response);
  return (await response.json()) as EvidenceView;
}

/** Makes sure that the content lies on this workstation, fetching it from the centre if need be. */
export async function bringHere(caseId: string, sha256: string): Promise<void> {
  const response = await fetch(evidenceAddress(caseId, sha256), { headers: { range: 'bytes=0-0' } });
  if (!response.ok) throw await refusalOf(response);
  await response.body?.cancel();
}

/** 1.5 MB, 20 KB. */
export function sizeText(bytes: number): string {
  const megabytes = bytes / 1024 / 1024;
  return megabytes >= 1 ? `${megabytes.toFixed(1)} MB` : `${Math.max(1, Math.round(bytes / 1024))} KB`;
}
