import type { Archive } from './archive.ts';
import { formOf, type NumberForm } from './numbers.ts';
import { readXml } from './xml.ts';

/** A workbook without its rows. */
export type Workbook = {
  sheets: { name: string; hidden: boolean; part: string }[];
  /** True when days are counted from 1904. */
  from1904: boolean;
  strings: readonly string[];
  /** By a cell's style. */
  forms: readonly NumberForm[];
};

type Relationship = { id: string; type: string; target: string };

const folderOf = (part: string): string => part.slice(0, part.lastIndexOf('/') + 1);

async function relationshipsOf(archive: Archive, part: string): Promise<Relationship[]> {
  const folder = folderOf(part);
  const found: Relationship[] = [];
  await readXml(archive.unpack(`${folder}_rels/${part.slice(folder.length)}.rels`), {
    open: (name, { Id = '', Type = '', Target = '' }) => {
      if (name !== 'Relationship') return;
      // Strict and transitional files name the same types under different addresses.
      found.push({ id: Id, type: Type.slice(Type.lastIndexOf('/') + 1), target: resolved(folder, Target) });
    },
  });
  return found;
}

function resolved(folder: string, target: string): string {
  const path = target.replaceAll('\\', '/');
  const steps: string[] = [];
  for (const step of (path.startsWith('/') ? path : folder + path).split('/')) {
    if (step === '..') steps.pop();
    else if (step !== '' && step !== '.') steps.push(step);
  }
  return steps.join('/');
}

/** Reads everything of a workbook that is not in a sheet. @throws ArchiveRefused */
export async function readWorkbook(archive: Archive): Promise<Workbook> {
  const root = await relationshipsOf(archive, '');
  const part = root.find((one) => one.type === 'officeDocument')?.target ?? 'xl/workbook.xml';
  const related = await relationshipsOf(archive, part);
  const named: { name: string; hidden: boolean; id: string }[] = [];
  let from1904 = false;
  await readXml(archive.unpack(part), {
    open: (name, attributes) => {
      if (name === 'workbookPr')
        from1904 = ['1', 'true', 'on'].includes((attributes['date1904'] ?? '').toLowerCase());
      if (name !== 'sheet') return;
      const hidden = /hidden/i.test(attributes['state'] ?? '');
      named.push({ name: attributes['name'] ?? '', hidden, id: attributes['id'] ?? '' });
    },
  });
  const partOf = (type: string): string | undefined => related.find((one) => one.type === type)?.target;
  return {
    sheets: named.flatMap(({ name, hidden, id }) => {
      const sheet = related.find((one) => one.id === id);
      // A sheet of nothing but a chart, or of an old macro language, has no rows.
      return sheet?.type === 'worksheet' ? [{ name, hidden, part: sheet.target }] : [];
    }),
    from1904,
    strings: await readStrings(archive, partOf('sharedStrings') ?? `${folderOf(part)}sharedStrings.xml`),
    forms: await readForms(archive, partOf('styles') ?? `${folderOf(part)}styles.xml`),
  };
}

async function readStrings(archive: Archive, part: string): Promise<string[]> {
  const strings: string[] = [];
  const text = new CellText();
  await readXml(archive.unpack(part), {
    open: (name) => {
      if (name === 'si') text.begin();
      else text.open(name);
    },
    text: (data) => text.add(data),
    close: (name) => {
      if (name === 'si') strings.push(text.end());
      else text.close(name);
    },
  });
  return strings;
}

/** The text of a string item: its runs one after the other, without the reading that stands over the characters. */
export class CellText {
  private parts = '';
  private inText = false;
  private inReading = false;

  begin(): void {
    this.parts = '';
    this.inText = false;
    this.inReading = false;
  }
  open(name: string): void {
    if (name === 'rPh') this.inReading = true;
    else if (name === 't') this.inText = true;
  }
  close(name: string): void {
    if (name === 'rPh') this.inReading = false;
    else if (name === 't') this.inText = false;
  }
  add(data: string): void {
    if (this.inText && !this.inReading) this.parts += data;
  }
  end(): string {
    return unescaped(this.parts);
  }
}

/** `_x000D_` stands for a character that XML cannot hold. */
export function unescaped(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replaceAll(/_x([\dA-Fa-f]{4})_/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}

async function readForms(archive: Archive, part: string): Promise<NumberForm[]> {
  const codes = new Map<number, string>();
  const ids: number[] = [];
  let inCellFormats = false;
  await readXml(archive.unpack(part), {
    open: (name, attributes) => {
      if (name === 'numFmt') codes.set(Number(attributes['numFmtId']), attributes['formatCode'] ?? '');
      else if (name === 'cellXfs') inCellFormats = true;
      else if (name === 'xf' && inCellFormats) ids.push(Number(attributes['numFmtId'] ?? 0));
    },
    close: (name) => {
      if (name === 'cellXfs') inCellFormats = false;
    },
  });
  return ids.map((id) => formOf(id, codes.get(id)));
}
