import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** Debian's packages of the tools that tests look at PDFs with. */
const PACKAGES: Record<string, string> = { qpdf: 'qpdf' };

/** Runs one of poppler's tools, or qpdf, which read the PDF independently of the library that wrote it. */
async function poppler(tool: string, parameters: string[]): Promise<string> {
  try {
    return (await execute(tool, parameters, { maxBuffer: 16_000_000 })).stdout;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      throw new Error(
        `${tool} is missing. Install it (Debian and Ubuntu: apt-get install ${PACKAGES[tool] ?? 'poppler-utils'}; macOS: brew install ${PACKAGES[tool] ?? 'poppler'}) and run the tests again.`,
        { cause: error },
      );
    }
    throw error;
  }
}

async function withFile<Result>(
  bytes: Uint8Array,
  read: (file: string, folder: string) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'heshi-pdf-'));
  try {
    const file = join(folder, 'document.pdf');
    await writeFile(file, bytes);
    return await read(file, folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The text of all pages in reading order, without the blanks that layout puts in. */
export function textOf(bytes: Uint8Array): Promise<string> {
  return withFile(bytes, async (file) =>
    (await poppler('pdftotext', ['-raw', '-enc', 'UTF-8', file, '-'])).replaceAll(/\s/g, ''),
  );
}

/** The text of all pages as any reader would copy it: lines as they stand, right-to-left script in the order it is written. */
export function plainTextOf(bytes: Uint8Array): Promise<string> {
  return withFile(bytes, async (file) =>
    // Marks of direction that the tool puts around a right-to-left word.
    (await poppler('pdftotext', ['-enc', 'UTF-8', file, '-'])).replaceAll(/[\u202A-\u202E]/g, ''),
  );
}

/** What qpdf finds wrong with a PDF's syntax; nothing where all is well. */
export function faultsOf(bytes: Uint8Array): Promise<string> {
  return withFile(bytes, async (file) => {
    const said = await poppler('qpdf', ['--check', file]);
    return said.includes('No syntax or stream encoding errors found') ? '' : said;
  });
}

/** What a PDF says of itself, and its structure with the text in it. */
export function structureOf(bytes: Uint8Array): Promise<{ about: string; structure: string }> {
  return withFile(bytes, async (file) => ({
    about: await poppler('pdfinfo', [file]),
    structure: await poppler('pdfinfo', ['-struct-text', file]),
  }));
}

/** Each font of a PDF: whether it is embedded, only with the letters used, and with a way back to text. */
export function fontsOf(
  bytes: Uint8Array,
): Promise<{ name: string; embedded: boolean; subset: boolean; unicode: boolean }[]> {
  return withFile(bytes, async (file) =>
    (await poppler('pdffonts', [file]))
      .split('\n')
      .slice(2)
      .filter((line) => line.trim() !== '')
      .map((line) => {
        const columns = line.trim().split(/\s+/);
        // name, type (of one or two words), encoding, emb, sub, uni, object and generation
        const [embedded, subset, unicode] = columns.slice(-5, -2).map((one) => one === 'yes');
        return {
          name: columns[0] ?? '',
          embedded: embedded ?? false,
          subset: subset ?? false,
          unicode: unicode ?? false,
        };
      }),
  );
}

/** Every page as a greyscale picture: its size and the share of its dots that are not white. */
export function pagesOf(bytes: Uint8Array): Promise<{ width: number; height: number; inked: number }[]> {
  return withFile(bytes, async (file, folder) => {
    await poppler('pdftoppm', ['-r', '50', '-gray', file, join(folder, 'page')]);
    const pages = (await readdir(folder)).filter((name) => name.endsWith('.pgm')).toSorted();
    return Promise.all(
      pages.map(async (name) => {
        const image = await readFile(join(folder, name));
        const [head = '', width = '0', height = '0'] =
          /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(image.subarray(0, 40).toString('latin1')) ?? [];
        const dots = image.subarray(head.length);
        const dark = dots.reduce((count, dot) => count + (dot < 250 ? 1 : 0), 0);
        return { width: Number(width), height: Number(height), inked: dark / dots.length };
      }),
    );
  });
}

/** A page of a PDF as PNG bytes, as a person would see it; at 150 dots an inch as an office scanner does. */
export function pngOfPage(bytes: Uint8Array, page: number, dotsAnInch = 70): Promise<Uint8Array> {
  return withFile(bytes, async (file, folder) => {
    const one = String(page);
    await poppler('pdftoppm', [
      '-r',
      String(dotsAnInch),
      '-png',
      '-singlefile',
      '-f',
      one,
      '-l',
      one,
      file,
      join(folder, 'p'),
    ]);
    return readFile(join(folder, 'p.png'));
  });
}
