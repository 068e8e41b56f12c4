import { hash } from 'node:crypto';
import { verificationCode } from '../../../domain/document/printed-code.ts';
import {
  consentContent,
  consentNumber,
  type ConsentSigner,
  type ConsentTerms,
  type WhitelistChange,
} from '../../../domain/finance/index.ts';
import { consentWords as words } from './consent-words.zh-CN.ts';
import { endOfLetter } from './draw-paper.ts';
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
  watermark,
} from './frame.ts';
import { labels } from './labels.zh-CN.ts';
import { BODY_SIZE, ROOMY, type Sheet, type Spacing, TIGHT } from './sheet.ts';
import { drawPlaces, type Ink, type Place, placesHeight } from './signatures.ts';
import { drawTable } from './table.ts';
import { group } from './tags.ts';

/** Between the signer and the places to sign. */
const GAP = 8;

/** All that the paper of a consent says. */
export type ConsentPaper = {
  consentId: string;
  terms: ConsentTerms;
  signer: ConsentSigner;
  /** Who tells the data: the topmost unit. */
  provider: string;
  /** The unit that takes it down, the nearest that is no merchant's own. */
  organisation: string;
  /** The day on which it is drawn up, or was signed. */
  day: string;
  /** What was drawn on the screen; null on a paper that is signed by hand. */
  ink: Ink | null;
  /** Not recorded yet. */
  draft: boolean;
  /** The day on which it was taken back; null while it stands. */
  revokedOn: string | null;
};

/** The hash of all that is consented to, by which the text that was signed is known. */
export function consentTextHash(consentId: string, terms: ConsentTerms, signer: ConsentSigner): string {
  return hash('sha256', consentContent(consentId, { ...terms, signer }));
}

/**
 * The consent as it is signed and handed over, as a PDF of A4 pages, of one where it fits. The same input gives the same bytes.
 */
export async function drawConsent(paper: ConsentPaper): Promise<{ number: string; bytes: Uint8Array }> {
  const { consentId, terms, signer, revokedOn } = paper;
  const number = consentNumber(consentId);
  const fonts = await loadFonts(JSON.stringify([paper, words]));
  let sheet = await drawn(paper, fonts, ROOMY);
  if (pagesOf(sheet) > 1) {
    const tight = await drawn(paper, fonts, TIGHT);
    if (pagesOf(tight) < pagesOf(sheet)) sheet = tight;
  }
  footers(sheet, `${words.foot}${number}`, verificationCode(consentTextHash(consentId, terms, signer)));
  if (revokedOn !== null) watermark(sheet, words.revoked);
  return { number, bytes: await bytesOf(sheet) };
}

async function drawn(paper: ConsentPaper, fonts: DocumentFonts, spacing: Spacing): Promise<Sheet> {
  const { consentId, terms, day, revokedOn } = paper;
  const number = consentNumber(consentId);
  const clean = (said: string): string => printable(said, fonts);
  const sheet = await openSheet(fonts, { title: words.title, number, day, documentId: null });
  const organisation = clean(paper.organisation);
  head(sheet, { title: words.title, organisation, number, code: null });
  sheet.moveDown(0.3);
  if (revokedOn !== null) paragraphs(sheet, [words.revokedOn(labels.day(revokedOn))], spacing);
  const { recipient, items, purpose, manner, from, until, merchantName } = terms;
  paragraphs(sheet, [clean(words.opening(merchantName, paper.provider, recipient.name))], spacing);
  const part = (heading: string, said: readonly string[]): void =>
    section(sheet, heading, said.map(clean), spacing);
  part(words.sections.recipient, [words.recipient(recipient.name, recipient.contact)]);
  part(
    words.sections.items,
    items.map((item, place) => words.item(place + 1, words.items[item])),
  );
  part(words.sections.purpose, [purpose]);
  part(words.sections.manner, [words.manner[manner]]);
  part(words.sections.period, [words.period(labels.day(from), labels.day(until))]);
  part(words.sections.rights, words.rights);
  signed(sheet, paper, { organisation, clean, spacing });
  return sheet;
}

/** Who signs, and the places to sign: they never stand alone on a page, where they could be put under any text. */
function signed(
  sheet: Sheet,
  { signer, day, ink, draft }: ConsentPaper,
  {
    organisation,
    clean,
    spacing,
  }: { organisation: string; clean: (said: string) => string; spacing: Spacing },
): void {
  const { name, position, capacity, idTail, authority } = signer;
  const places: Place[] = [
    {
      label: words.signHere,
      under: ink === null && draft ? labels.signatures.date : labels.day(day),
      signature: ink ?? undefined,
    },
    { label: words.handledBy, name: organisation, under: labels.day(day) },
  ];
  const said = [
    words.signer(name, position, words.capacity[capacity], idTail),
    ...(authority === null ? [] : [words.authority(authority)]),
  ];
  keepTogether(sheet, sectionHeight(spacing) + placesHeight(sheet, places) + GAP);
  section(sheet, words.sections.signer, said.map(clean), spacing);
  sheet.y += GAP;
  group(sheet, 'Sect', () => drawPlaces(sheet, places));
}

/** A notice of a merchant's entry to the whitelist, or of its leaving. */
export type WhitelistNotice = {
  number: string;
  merchantName: string;
  organisation: string;
  day: string;
  change: WhitelistChange;
};

export async function drawWhitelistNotice(notice: WhitelistNotice): Promise<Uint8Array> {
  const { change: own } = words;
  const { number, merchantName, day, change } = notice;
  const fonts = await loadFonts(JSON.stringify([notice, words]));
  const clean = (said: string): string => printable(said, fonts);
  const sheet = await openSheet(fonts, { title: own.title, number, day, documentId: null });
  const organisation = clean(notice.organisation);
  head(sheet, { title: own.title, organisation, number, code: null });
  sheet.moveDown(0.4);
  paragraphs(sheet, [clean(own[change.change](merchantName, labels.day(change.on)))], ROOMY);
  const said = (value: string | number | null): string =>
    value === null ? own.none : (own.values[String(value)] ?? String(value));
  sheet.y += 4;
  drawTable(
    sheet,
    {
      head: own.head,
      rows: change.reasons.map(({ rule, has, needs }) => [own.rules[rule] ?? rule, said(has), said(needs)]),
    },
    { shares: [0.34, 0.33, 0.33], size: BODY_SIZE - 0.5 },
  );
  sheet.y += 6;
  paragraphs(sheet, [own.redress], ROOMY);
  endOfLetter(sheet, { seal: { label: '', name: organisation }, day, delivery: own.delivery });
  footers(sheet, `${own.foot}${number}`, verificationCode(hash('sha256', JSON.stringify(notice))));
  return bytesOf(sheet);
}
