type SentFile = { fileName: string; mediaType: string; base64: string };

function addressOf(file: SentFile): string {
  const bytes = Uint8Array.from(atob(file.base64), (letter) => letter.charCodeAt(0));
  const url = URL.createObjectURL(new File([bytes], file.fileName, { type: file.mediaType }));
  // The new window, or the download, needs the address a moment longer.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
  return url;
}

function download(url: string, fileName: string): void {
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
}

/** Opens a PDF for reading and printing; `save` also keeps it under its name. */
export function openFile(file: SentFile, save: boolean): void {
  const url = addressOf(file);
  if (save) download(url, file.fileName);
  window.open(url, '_blank', 'noopener');
}

/** Keeps a file under its name, where the host keeps what is downloaded. */
export function saveFile(file: SentFile): void {
  download(addressOf(file), file.fileName);
}
