import { RIGHT_TO_LEFT, type DocumentFonts } from './fonts.ts';
import type { Sheet } from './sheet.ts';

/** Part of a line in one font and one direction. */
type Run = { text: string; face: number; level: number };

/** What of pdfkit's own drawing of a line is taken over; it draws one line in one font. */
type Inner = Sheet & {
  _font: PdfFont;
  _fontSize: number;
  _fontFamilies: Record<string, PdfFont>;
  _fragment(text: string, x: number, y: number, options: Options): void;
};
type Weight = 'regular' | 'bold';
type Position = {
  xAdvance: number;
  yAdvance: number;
  xOffset: number;
  yOffset: number;
  advanceWidth: number;
};
type PdfFont = {
  ascender: number;
  scale: number;
  widths: number[];
  unicode: number[][];
  /** Of fontkit, which keeps a glyph with the text that it first stood for. */
  font: { _glyphs: Record<number, unknown>; getGlyph(id: number, codePoints?: number[]): object };
  subset: { glyphs: number[]; includeGlyph(glyph: number): number };
  layout(
    text: string,
    features: unknown,
  ): { glyphs: { id: number; advanceWidth: number; codePoints: number[] }[]; positions: Position[] };
  encode(text: string, features: unknown): [string[], Position[]];
  widthOfString(text: string, size: number, features?: unknown): number;
};
type Options = {
  align?: string;
  width?: number;
  lineWidth?: number;
  characterSpacing?: number;
  baseline?: number;
  features?: readonly string[];
};

/** Letters that are put together from parts in another order than they are written: glyphs alone do not say what it was. */
const SHAPED = /[\p{Script=Tibetan}\p{Script=Mongolian}]/u;
/** What belongs to the letters before it, in whichever font they are. */
const CONTINUES = /\p{M}|\p{Zs}|\u200C|\u200D|\u180E/u;

/**
 * Has a font tell each glyph's text where one glyph stands for several, as in Arabic: pdfkit keeps the first that it meets.
 * For another text the subset gets the glyph once more.
 */
function tellTexts(font: PdfFont): void {
  const copies = new Map<string, number>();
  const glyphOf = font.font.getGlyph.bind(font.font);
  font.font.getGlyph = (id, codePoints) => {
    delete font.font._glyphs[id];
    return glyphOf(id, codePoints);
  };
  font.encode = (text, features) => {
    const { glyphs, positions } = font.layout(text, features);
    const codes = glyphs.map(({ id, advanceWidth, codePoints }) => {
      const key = `${id} ${codePoints.join(' ')}`;
      const known = copies.get(key);
      if (known !== undefined) return known;
      let code = font.subset.includeGlyph(id);
      if (font.unicode[code] !== undefined) {
        font.subset.glyphs.push(id);
        code = font.subset.glyphs.length - 1;
      }
      font.widths[code] = advanceWidth * font.scale;
      font.unicode[code] = codePoints;
      copies.set(key, code);
      return code;
    });
    return [codes.map((code) => code.toString(16).padStart(4, '0')), positions];
  };
}

/** The names under which faces are registered; the main face has the bare ones. */
const nameOf = (weight: Weight, face: number): string => (face === 0 ? weight : `${weight}-${face}`);

/** A line in runs as they stand from left to right; null where all of it is the main font's, left to right. */
function runsOf(text: string, { faces, bidi }: DocumentFonts): Run[] | null {
  const faceFor = (character: string, before: number | undefined): number => {
    const codePoint = character.codePointAt(0) ?? 0;
    if (before !== undefined && CONTINUES.test(character)) {
      if (/\p{Cf}/u.test(character) || faces[before]?.shows(codePoint)) return before;
    }
    return Math.max(
      0,
      faces.findIndex((face) => face.shows(codePoint)),
    );
  };
  const levels =
    bidi !== null && RIGHT_TO_LEFT.test(text) ? bidi.getEmbeddingLevels(text, 'ltr').levels : null;
  const runs: Run[] = [];
  let at = 0;
  for (const character of text) {
    const last = runs.at(-1);
    const level = levels?.[at] ?? 0;
    const face = faceFor(character, last?.face);
    if (last && last.face === face && last.level === level) last.text += character;
    else runs.push({ text: character, face, level });
    at += character.length;
  }
  if (runs.every(({ face, level }) => face === 0 && level === 0)) return null;
  return inVisualOrder(runs);
}

/** Rule L2 of the bidirectional algorithm (UAX #9): from the highest level down, what stands together is turned. */
function inVisualOrder(runs: Run[]): Run[] {
  const ordered = [...runs];
  const highest = Math.max(...runs.map(({ level }) => level));
  for (let level = highest; level > 0; level -= 1) {
    let from = 0;
    while (from < ordered.length) {
      let to = from;
      while ((ordered[to]?.level ?? -1) >= level) to += 1;
      if (to > from) ordered.splice(from, to - from, ...ordered.slice(from, to).toReversed());
      from = Math.max(to, from) + 1;
    }
  }
  return ordered;
}

/** Signs of a right-to-left run that has no letters of its own stand the other way round; its letters, the font turns. */
function asDrawn({ text, level }: Run, { bidi }: DocumentFonts): string {
  if (level % 2 === 0 || RIGHT_TO_LEFT.test(text)) return text;
  return Array.from(text)
    .toReversed()
    .map((character) => bidi?.getMirroredCharacter(character) ?? character)
    .join('');
}

/**
 * Lets a sheet draw and measure every line in as many fonts as it needs: pdfkit draws a line in one. Runs are shaped by
 * pdfkit's own fontkit; what stands from right to left is ordered here. Letters that are put together carry the text that
 * they were (`ActualText`), so that it can be copied and searched.
 */
export function typesetWith(sheet: Sheet, fonts: DocumentFonts): void {
  for (const [face, { regular, bold }] of fonts.faces.entries()) {
    sheet.registerFont(nameOf('regular', face), regular);
    if (bold !== regular) sheet.registerFont(nameOf('bold', face), bold);
  }
  if (fonts.faces.length === 1) return;
  const inner = sheet as Inner;
  const told = new WeakSet<PdfFont>();
  const fragment = inner._fragment.bind(sheet);
  const widthOf = sheet.widthOfString.bind(sheet);
  /** The weight that is drawn in, where the face has it. */
  const weightOf = (face: number): Weight =>
    inner._font === inner._fontFamilies['bold'] && fonts.faces[face]?.bold !== fonts.faces[face]?.regular
      ? 'bold'
      : 'regular';
  /** Runs something while another face of the same weight is the font. */
  const within = <Result>(face: number, work: () => Result): Result => {
    const { _font: font, _fontSize: size } = inner;
    sheet.font(nameOf(weightOf(face), face), size);
    if (face > 0 && !told.has(inner._font)) {
      told.add(inner._font);
      tellTexts(inner._font);
    }
    try {
      return work();
    } finally {
      inner._font = font;
    }
  };
  // With a list of features a run is shaped as a whole, and not word by word.
  const widthOfRun = (run: Run): number =>
    within(run.face, () => inner._font.widthOfString(asDrawn(run, fonts), inner._fontSize, []));
  const widthOfRuns = (text: string, runs: Run[], { characterSpacing = 0 }: Options): number =>
    runs.reduce((sum, run) => sum + widthOfRun(run), 0) + characterSpacing * (text.length - 1);

  sheet.widthOfString = (text, options) => {
    const runs = runsOf(text, fonts);
    return runs === null ? widthOf(text, options) : widthOfRuns(text, runs, (options ?? {}) as Options);
  };
  inner._fragment = (given, left, top, options) => {
    const text = given.replaceAll('\n', '');
    const runs = runsOf(text, fonts);
    if (runs === null) {
      fragment(given, left, top, options);
      return;
    }
    const { align, width, lineWidth, characterSpacing = 0 } = options;
    const across = lineWidth ?? width ?? 0;
    let x = left;
    if (align === 'right') x += across - sheet.widthOfString(text.trimEnd(), { characterSpacing });
    if (align === 'center') x += (across - sheet.widthOfString(text, { characterSpacing })) / 2;
    // All faces stand on the main font's line.
    const baseline = -(inner._font.ascender / 1000) * inner._fontSize;
    for (const run of runs) {
      const drawn = asDrawn(run, fonts);
      const wide = widthOfRun(run) + characterSpacing * drawn.length;
      const shaped = SHAPED.test(run.text);
      if (shaped) sheet.markContent('Span', { actual: run.text });
      within(run.face, () => fragment(drawn, x, top, { characterSpacing, baseline, features: [] }));
      if (shaped) sheet.endMarkedContent();
      x += wide;
    }
  };
}
