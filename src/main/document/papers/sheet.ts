/** A document being drawn. */
export type Sheet = PDFKit.PDFDocument;

/** A4 in points, margins of official forms: wider at the left, where the file is bound. */
export const MARGINS = { top: 52, bottom: 64, left: 79, right: 71 };
/** 五号, the usual size of forms. */
export const BODY_SIZE = 10.5;

/** How close lines and cells stand, in points. */
export type Spacing = { lineGap: number; sectionGap: number; cellPadding: number };
export const ROOMY: Spacing = { lineGap: 3.2, sectionGap: 5, cellPadding: 5 };
/** For a document that would otherwise turn the page only for its signatures. */
export const TIGHT: Spacing = { lineGap: 1, sectionGap: 3, cellPadding: 3.5 };

export const INK = '#111111';
export const QUIET = '#555555';
