import type { Sheet } from './sheet.ts';

// What a PDF says of its own structure: headings, paragraphs, tables, and what is ornament. It is what a screen reader reads.

type Element = PDFKit.PDFStructureElement;

/** Elements that hold others. */
export type GroupTag = 'Sect' | 'Table' | 'TR' | 'Form';
/** Elements that hold text. */
export type TextTag = 'H1' | 'H2' | 'P' | 'TH' | 'TD' | 'Caption';

/** The element that is open on each sheet. */
const open = new WeakMap<Sheet, Element>();

/** Begins the structure of a sheet: one document. */
export function beginStructure(sheet: Sheet): void {
  const root = sheet.struct('Document');
  sheet.addStructure(root);
  open.set(sheet, root);
}

function parentOn(sheet: Sheet): Element {
  const parent = open.get(sheet);
  if (!parent) throw new Error('The sheet has no structure yet');
  return parent;
}

/** Draws what belongs together as one element. */
export function group<Result>(sheet: Sheet, tag: GroupTag, draw: () => Result): Result {
  const parent = parentOn(sheet);
  const element = sheet.struct(tag);
  parent.add(element);
  open.set(sheet, element);
  try {
    return draw();
  } finally {
    element.end();
    open.set(sheet, parent);
  }
}

/** Draws a text as one element. Whatever is drawn in it belongs to it: lines and frames are drawn before or after. */
export function text(sheet: Sheet, tag: TextTag, draw: () => void): void {
  parentOn(sheet).add(sheet.struct(tag, {}, [draw]));
}

/** Draws a picture, which says the same in words. */
export function figure(sheet: Sheet, alt: string, draw: () => void): void {
  parentOn(sheet).add(sheet.struct('Figure', { alt }, [draw]));
}

/** Draws what says nothing by itself: frames, rules, what stands at the foot of every page. */
export function ornament(sheet: Sheet, draw: () => void): void {
  sheet.markContent('Artifact', { type: 'Layout' });
  draw();
  sheet.endMarkedContent();
}
