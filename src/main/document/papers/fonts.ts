import type { Bidi } from 'bidi-js';
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { codePointName, emojiIn, mapPrivateUse } from '../../../domain/kernel/text/index.ts';
import { mended } from './mend-font.ts';

/**
 * Fonts of npm packages are found by module resolution: the packages stay outside the bundle, so this works from source,
 * from `out/` and from an application archive alike. (Not named `require`: the bundle's head declares that name.)
 */
const packages = createRequire(import.meta.url);

/** A font in one weight or two, and what it shows. */
export type Face = {
  name: string;
  regular: Buffer;
  bold: Buffer;
  shows: (codePoint: number) => boolean;
};

/** The fonts of one document: the one that nearly everything is drawn in, and those that the rest needs, in order. */
export type DocumentFonts = {
  faces: readonly [main: Face, ...others: Face[]];
  shows: (codePoint: number) => boolean;
  /** The bidirectional algorithm, where the text needs it. */
  bidi: Bidi | null;
};

/** Letters that are written from right to left. */
export const RIGHT_TO_LEFT =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Nko}\p{Script=Thaana}]/u;

type Files = { regular: Buffer; bold: Buffer };

/** Where a font comes from. `mayShow` spares reading what cannot help: one of them is 30 MB. */
type Source = { name: string; mayShow: RegExp; read: () => Promise<Files | null> };

async function fromPackage(folder: string, family: string, weights: 1 | 2): Promise<Files> {
  const file = async (weight: string): Promise<Buffer> => {
    const font = await readFile(
      packages.resolve(`@expo-google-fonts/${folder}/${weight}/${family}_${weight}.ttf`),
    );
    return mended(font);
  };
  const regular = await file('400Regular');
  return { regular, bold: weights === 2 ? await file('700Bold') : regular };
}

const ofPackage = (folder: string, family: string, weights: 1 | 2, mayShow: RegExp): Source => ({
  name: family,
  mayShow,
  read: () => fromPackage(folder, family, weights),
});

/** Of these files the first that is there; a weight of its own they do not have. */
const ofSystem = (name: string, mayShow: RegExp, places: readonly string[]): Source => ({
  name,
  mayShow,
  read: async () => {
    for (const place of places) {
      try {
        const regular = await readFile(place);
        return { regular, bold: regular };
      } catch {
        // Not on this machine.
      }
    }
    return null;
  },
});

/** Noto Sans SC, OFL 1.1: GB 18030-2022 levels 1 and 2, extension A, radicals and components. */
const MAIN: Source = ofPackage('noto-sans-sc', 'NotoSansSC', 2, /./u);

const HAN = /\p{Script=Han}|[\u2FF0-\u2FFF\u31C0-\u31EF]/u;
const WINDOWS_FONTS = join(process.env['WINDIR'] ?? 'C:/Windows', 'Fonts');
const HANAZONO = ['/usr/share/fonts/truetype/hanazono', '/usr/share/fonts/hanazono', '/usr/share/fonts/TTF'];

/**
 * What the main font does not have, in the order of trying. From npm, all OFL 1.1: Arabic letters of Uyghur and Kazakh,
 * Tibetan, Mongolian, Hangul, Yi, Lisu, and signs. Of ideographs in the supplementary planes (extensions B to F, the rest of
 * GB 18030-2022 level 3) no package of the registry has a font; the system has one: Hanazono Mincho on Linux
 * (fonts-hanazono, its own free licence or OFL 1.1), SimSun-ExtB and SimSun-ExtG, which Windows brings along.
 */
const OTHERS: readonly Source[] = [
  ofPackage('noto-naskh-arabic', 'NotoNaskhArabic', 2, /\p{Script=Arabic}/u),
  ofPackage('noto-serif-tibetan', 'NotoSerifTibetan', 2, /\p{Script=Tibetan}/u),
  ofPackage('noto-sans-mongolian', 'NotoSansMongolian', 1, /\p{Script=Mongolian}|[\u1800-\u180F]/u),
  ofPackage('nanum-gothic', 'NanumGothic', 2, /\p{Script=Hangul}/u),
  ofPackage('noto-sans-yi', 'NotoSansYi', 1, /\p{Script=Yi}/u),
  ofPackage('noto-sans-lisu', 'NotoSansLisu', 2, /\p{Script=Lisu}/u),
  ofPackage('noto-sans-symbols-2', 'NotoSansSymbols2', 1, /\p{S}|\p{No}/u),
  ofSystem(
    'HanaMinB',
    HAN,
    HANAZONO.map((folder) => join(folder, 'HanaMinB.ttf')),
  ),
  ofSystem('SimSunExtB', HAN, [join(WINDOWS_FONTS, 'simsunb.ttf')]),
  ofSystem('SimSunExtG', HAN, [join(WINDOWS_FONTS, 'SimsunExtG.ttf')]),
  ofSystem(
    'HanaMinA',
    /./u,
    HANAZONO.map((folder) => join(folder, 'HanaMinA.ttf')),
  ),
];

/**
 * Fonts that an office adds for characters which the others lack: every TrueType or OpenType file in the folder that
 * `HESHI_FONTS` names, by name.
 */
async function added(): Promise<Source[]> {
  const folder = process.env['HESHI_FONTS'];
  if (folder === undefined || folder === '') return [];
  const names = await readdir(folder);
  return names
    .filter((name) => /\.(ttf|otf)$/i.test(name))
    .toSorted()
    .map((name) => ofSystem(name.replace(/\.[^.]+$/, ''), /./u, [join(folder, name)]));
}

/**
 * The fonts that a document with this text needs. They are read again each time, 10 MB each weight of the main one:
 * printing is rare, and the memory is better kept free.
 */
export async function loadFonts(text: string): Promise<DocumentFonts> {
  const main = await faceOf(MAIN);
  if (main === null) throw new Error('The font of documents is not there');
  const faces: [Face, ...Face[]] = [main];
  const shows = (codePoint: number): boolean => faces.some((face) => face.shows(codePoint));
  const lacking = (): string[] =>
    [...new Set(plain(text))].filter((character) => !shows(character.codePointAt(0) ?? 0));
  if (lacking().length > 0) {
    for (const source of [...OTHERS, ...(await added())]) {
      const wanted = lacking().filter((character) => source.mayShow.test(character));
      if (wanted.length === 0) continue;
      const face = await faceOf(source);
      if (face && wanted.some((character) => face.shows(character.codePointAt(0) ?? 0))) faces.push(face);
    }
  }
  const bidi = RIGHT_TO_LEFT.test(text) ? await loadBidi() : null;
  return { faces, shows, bidi };
}

/** Its types say that it is a module of another kind than Node loads. */
async function loadBidi(): Promise<Bidi> {
  const { default: factory } = (await import('bidi-js')) as unknown as { default: () => Bidi };
  return factory();
}

async function faceOf({ name, read }: Source): Promise<Face | null> {
  const files = await read();
  if (files === null) return null;
  // Loaded with the first document: a workstation that prints none does without it.
  const { create } = await import('fontkit');
  const font = create(files.regular);
  if (!('hasGlyphForCodePoint' in font)) return null;
  return { name, ...files, shows: (codePoint) => font.hasGlyphForCodePoint(codePoint) };
}

/** Format characters that letters are joined by, in Arabic and Mongolian; of others nothing is seen. */
const JOINERS = '\u200C\u200D\u180E';

const VARIATIONS = /[\uFE00-\uFE0F\u{E0100}-\u{E01EF}]/gu;
const UNSEEN = new RegExp(`[^\\P{C}\\n\\p{Co}${JOINERS}]`, 'gu');
const LOOSE_JOINERS = new RegExp(`(?<![\\p{Script=Arabic}\\p{Script=Mongolian}])[${JOINERS}]`, 'gu');

/** Line ends unified; old private-use characters mapped; nothing that cannot be seen. */
function plain(text: string): string {
  return mapPrivateUse(text)
    .replaceAll(/\r\n?|[\u2028\u2029]/g, '\n')
    .replaceAll('\t', ' ')
    .replaceAll(VARIATIONS, '')
    .replaceAll(UNSEEN, '')
    .replaceAll(LOOSE_JOINERS, '')
    .normalize('NFC');
}

/** Characters of a text, those that make one emoji together. */
function pieces(text: string): string[] {
  const found: string[] = [];
  let rest = text.replaceAll('\r\n', '\n');
  const emoji = emojiIn(rest);
  for (const one of emoji) {
    const at = rest.indexOf(one);
    found.push(...Array.from(rest.slice(0, at)), one);
    rest = rest.slice(at + one.length);
  }
  return [...found, ...Array.from(rest)];
}

const shown = (character: string, { shows }: Pick<DocumentFonts, 'shows'>): boolean =>
  character === '\n' || JOINERS.includes(character) || shows(character.codePointAt(0) ?? 0);

/**
 * Text as the document can print it: line ends unified, control characters gone, old private-use characters mapped. A
 * character that no font has is written as its code (`□U+323B0`), so that it is seen to be missing; a picture as `□`.
 */
export function printable(text: string, fonts: Pick<DocumentFonts, 'shows'>): string {
  return pieces(text)
    .flatMap((piece) => {
      if (emojiIn(piece).length > 0 && !Array.from(plain(piece)).every((one) => shown(one, fonts)))
        return ['□'];
      return Array.from(plain(piece)).map((one) => (shown(one, fonts) ? one : `□${codePointName(one)}`));
    })
    .join('')
    .normalize('NFC');
}

/** What of a text the fonts cannot show, each once: ideographs newer than any font here, private use, pictures. */
export function unprintableIn(text: string, fonts: Pick<DocumentFonts, 'shows'>): string[] {
  return [
    ...new Set(
      pieces(text).flatMap((piece) => {
        const lacking = Array.from(plain(piece)).filter((one) => !shown(one, fonts));
        return lacking.length > 0 && emojiIn(piece).length > 0 ? [piece] : lacking;
      }),
    ),
  ];
}
