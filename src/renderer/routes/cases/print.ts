import { api } from '../../api/client.ts';

/** Fetches the agreement and opens it for printing; the same file can be saved under its name. */
export async function printAgreement(caseId: string): Promise<void> {
  const file = await api.documents.agreement({ caseId });
  const bytes = Uint8Array.from(atob(file.base64), (letter) => letter.charCodeAt(0));
  const url = URL.createObjectURL(new File([bytes], file.fileName, { type: file.mediaType }));
  const link = document.createElement('a');
  link.href = url;
  link.download = file.fileName;
  link.click();
  window.open(url, '_blank', 'noopener');
  // The new window needs the address a moment longer.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
