import { api } from '../kernel/api/client.ts';
import { openFile } from '../kernel/components/open-file.ts';

/** Fetches the agreement and opens it for printing; the same file can be saved under its name. */
export async function printAgreement(caseId: string): Promise<void> {
  openFile(await api.documents.agreement({ caseId }), true);
}
