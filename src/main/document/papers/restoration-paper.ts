import { hash } from 'node:crypto';
import { printedCode, publicPaperAddress } from '../../../domain/document/printed-code.ts';
import { businessDay } from '../../../domain/kernel/calendar/index.ts';
import { canonicalJson } from '../../../domain/kernel/event/canonical.ts';
import type { Wording } from '../../../domain/procedure/index.ts';
import type { Attachment, Matter, RestorationState } from '../../../domain/restoration/index.ts';
import { type DocumentFonts, loadFonts, printable } from './fonts.ts';
import {
  bytesOf,
  footers,
  head,
  keepTogether,
  openSheet,
  pagesOf,
  paragraphs,
  section,
  sectionHeight,
} from './frame.ts';
import { labels } from './labels.zh-CN.ts';
import { qrCode } from './qr.ts';
import { restorationWords as words } from './restoration-words.zh-CN.ts';
import { BODY_SIZE, ROOMY, type Sheet, type Spacing, TIGHT } from './sheet.ts';
import { drawPlaces, type Place, placesHeight } from './signatures.ts';
import { drawTable } from './table.ts';
import { group } from './tags.ts';

/** Who filed what, as it stands on both papers. */
type Filed = Pick<
  RestorationState,
  'number' | 'merchantName' | 'creditCode' | 'representative' | 'handler' | 'channel' | 'matters'
> & {
  /** The instant. What only some units know, such as the name of the unit that filed, is none of the paper's: it is the same everywhere. */
  filedAt: string;
  /** The code by which the application is looked up, printed at the foot of every page. */
  code: string;
  /** Where everybody looks it up; null where the centre has no such address. */
  publicUrl: string | null;
  /** The picture of the signature; null where it is not here, was written on paper, or was erased. */
  signature: Uint8Array | null;
  /** Signed on a paper of its own, which is among the files. */
  onPaper: boolean;
};

/** All that the paper of an application says. */
export type ApplicationPaper = Filed & {
  attachments: readonly Attachment[];
  windowName: string;
  /** Names of the types of matter, by code. */
  types: Readonly<Record<string, Wording>>;
};

/** All that a commitment letter says: one for each decision. */
export type CommitmentLetter = Filed & {
  matter: Matter;
  version: number;
  clauses: readonly Wording[];
  signedBy: string;
  signedOn: string;
};

const GAP = 8;
const SIZE = BODY_SIZE - 1;

type Drawing = { fonts: DocumentFonts; spacing: Spacing; clean: (said: string) => string };

/** Draws roomily, and closer where that saves a page. */
async function drawn(
  paper: Filed,
  foot: string,
  draw: (drawing: Drawing) => Promise<Sheet>,
): Promise<Uint8Array> {
  const { signature: _picture, ...said } = paper;
  const fonts = await loadFonts(JSON.stringify([said, words]));
  const clean = (text: string): string => printable(text, fonts);
  let sheet = await draw({ fonts, spacing: ROOMY, clean });
  if (pagesOf(sheet) > 1) {
    const tight = await draw({ fonts, spacing: TIGHT, clean });
    if (pagesOf(tight) < pagesOf(sheet)) sheet = tight;
  }
  footers(sheet, foot, paper.code);
  return bytesOf(sheet);
}

/** The text of the QR code: the address of the progress page where there is one. */
function qrText({ publicUrl, number, code }: Pick<Filed, 'publicUrl' | 'number' | 'code'>): string {
  const printed = { number, code };
  return publicUrl === null ? printedCode(printed) : publicPaperAddress(publicUrl, printed);
}

/** The hash of all that an application says, by which a copy of its paper is known; not of what it looks like. */
export function applicationDigest({ signature: _picture, ...said }: ApplicationPaper): string {
  const { publicUrl: _url, ...content } = said;
  return hash('sha256', canonicalJson(content));
}

/**
 * The application as a PDF of A4 pages: the head once, a row for each matter, and the files by the short form of their hash. The same
 * input gives the same bytes.
 */
export async function drawApplication(paper: ApplicationPaper): Promise<Uint8Array> {
  const { application: said } = words;
  const foot = `${said.foot}${paper.number}　${words.edition}`;
  const digest = words.digest(applicationDigest(paper));
  return drawn(paper, foot, async (drawing) => {
    const { fonts, spacing, clean } = drawing;
    const day = businessDay(paper.filedAt);
    const code = await qrCode(qrText(paper));
    const sheet = await openSheet(fonts, { title: said.title, number: paper.number, day, documentId: null });
    const organisation = clean(paper.windowName);
    head(sheet, { title: said.title, organisation, number: paper.number, code });
    section(sheet, said.sections.applicant, [], spacing);
    sheet.y += 2;
    drawTable(
      sheet,
      { head: said.applicantHead, rows: headRows(paper).map((row) => row.map(clean)) },
      { shares: [0.26, 0.74], size: SIZE },
    );
    section(sheet, said.sections.matters, [], spacing);
    sheet.y += 2;
    drawTable(
      sheet,
      { head: said.matterHead, rows: paper.matters.map((_, place) => matterRow(paper, place).map(clean)) },
      { shares: [0.07, 0.16, 0.3, 0.15, 0.14, 0.09, 0.09], size: SIZE - 1 },
    );
    section(sheet, said.sections.files, [], spacing);
    sheet.y += 2;
    drawTable(
      sheet,
      {
        head: said.fileHead,
        rows: paper.attachments.map(({ kind, name, sha256 }, place) =>
          [String(place + 1), said.proof(kind), name, words.digest(sha256)].map(clean),
        ),
      },
      { shares: [0.08, 0.22, 0.46, 0.24], size: SIZE },
    );
    sheet.y += 2;
    paragraphs(sheet, [said.digestNote(digest)], spacing);
    const places = [
      placeToSign(said.signHere, paper, labels.day(day)),
      { label: said.windowHere, name: organisation, under: labels.signatures.date },
    ];
    ended(sheet, places, { heading: said.sections.statement, texts: [said.statement], spacing });
    return sheet;
  });
}

function placeToSign(label: string, { signature, onPaper }: Filed, under: string): Place {
  return {
    label,
    under,
    ...(onPaper ? { name: words.onPaper } : {}),
    ...(signature === null ? {} : { signature: { picture: signature } }),
  };
}

/** The last words and the places to sign: they never stand alone on a page, where they could be put under any text. */
function ended(
  sheet: Sheet,
  places: readonly Place[],
  { heading, texts, spacing }: { heading: string; texts: readonly string[]; spacing: Spacing },
): void {
  keepTogether(sheet, sectionHeight(spacing) + placesHeight(sheet, places) + GAP);
  if (heading === '') paragraphs(sheet, texts, spacing);
  else section(sheet, heading, texts, spacing);
  sheet.y += GAP;
  group(sheet, 'Sect', () => drawPlaces(sheet, places));
}

function headRows(paper: ApplicationPaper): string[][] {
  const { fields, byRepresentative, channels } = words.application;
  const { merchantName, creditCode, representative, handler, windowName, channel, filedAt } = paper;
  return [
    [fields.merchant, merchantName],
    [fields.creditCode, creditCode ?? words.none],
    [fields.representative, representative.name],
    [fields.handler, handler.name],
    [fields.phone, handler.phone],
    [fields.authority, handler.authority === '' ? byRepresentative : handler.authority],
    [fields.window, windowName],
    [fields.channel, channels[channel]],
    [fields.filedOn, labels.day(businessDay(filedAt))],
  ];
}

function matterRow({ matters, attachments, types }: ApplicationPaper, index: number): string[] {
  const matter = matters[index];
  if (matter === undefined) return [];
  const { type, organ, number, determinedOn, channel, proofs } = matter;
  const files = proofs.map((sha256) => attachments.findIndex((one) => one.sha256 === sha256) + 1);
  return [
    String(index + 1),
    types[type]?.zh ?? type,
    words.application.matterOf(organ, number, words.class(matter.class)),
    labels.day(determinedOn),
    words.channel(channel),
    files
      .toSorted((a, b) => a - b)
      .map(String)
      .join(labels.listComma),
    String(index + 1),
  ];
}

/** The commitment about one decision as a PDF of one A4 page where it fits. The same input gives the same bytes. */
export async function drawCommitment(letter: CommitmentLetter): Promise<Uint8Array> {
  const { commitment: said } = words;
  const { matter, matters, version } = letter;
  const number = said.number(
    letter.number,
    matters.findIndex(({ matterId }) => matterId === matter.matterId) + 1,
  );
  return drawn(letter, said.foot(number, version), async ({ fonts, spacing, clean }) => {
    const sheet = await openSheet(fonts, {
      title: said.title,
      number,
      day: letter.signedOn,
      documentId: null,
    });
    const organisation = clean(letter.merchantName);
    head(sheet, { title: said.title, organisation, number, code: await qrCode(qrText(letter)) });
    sheet.moveDown(0.6);
    const wide = { ...spacing, lineGap: spacing.lineGap + 4 };
    const merchant = said.merchant(letter.merchantName, letter.creditCode);
    const opening = matter.type === 'appeal' ? said.appeal : said.opening;
    paragraphs(sheet, [clean(opening(merchant, matter.organ, matter.number, matter.determinedOn))], wide);
    sheet.moveDown(0.3);
    paragraphs(
      sheet,
      letter.clauses.map(({ zh }, index) => said.clause(index + 1, zh)),
      wide,
    );
    sheet.moveDown(0.8);
    ended(sheet, [placeToSign(said.signHere, letter, labels.day(letter.signedOn))], {
      heading: '',
      texts: [said.representative(letter.signedBy), said.application(letter.number)].map(clean),
      spacing: wide,
    });
    return sheet;
  });
}
