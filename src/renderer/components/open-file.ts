import type { DocumentFile } from '../../contract/workstation/documents.ts';

/** Opens a PDF for reading and printing; `save` also keeps it under its name. */
export function openFile(file: DocumentFile, save: boolean): void {
  const bytes = Uint8Array.from(atob(file.base64), (letter) => letter.charCodeAt(0));
  const url = URL.createObjectURL(new File([bytes], file.fileName, { type: file.mediaType }));
  if (save) {
    const link = document.createElement('a');
    link.href = url;
    link.download = file.fileName;
    link.click();
  }
  window.open(url, '_blank', 'noopener');
  // The new window needs the address a moment longer.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
