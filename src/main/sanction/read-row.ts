import type { SanctionRowRefusal } from '../../contract/workstation/sanction.ts';
import {
  refusalOfContent,
  type SanctionContent,
  SanctionContentFields,
} from '../../domain/sanction/index.ts';
import { readDay } from '../imports/index.ts';
import {
  AREAS,
  CHANNELS,
  CLASSES,
  type FileField,
  HEADERS,
  KINDS,
  MEASURES,
  NEEDED,
  YES,
} from './file-columns.ts';

/** Which column says what. */
export type FileColumns = ReadonlyMap<FileField, number>;

const plain = (text: string): string => text.normalize('NFKC').replaceAll(/\s/g, '').toLowerCase();

/** The columns of a file by its headers; the same header is read once. */
export function columnsOf(headers: readonly string[]): { columns: FileColumns; missing: FileField[] } {
  const names = headers.map(plain);
  const columns = new Map<FileField, number>();
  const taken = new Set<number>();
  for (const exact of [true, false])
    for (const [field, words] of Object.entries(HEADERS) as [FileField, readonly string[]][]) {
      if (columns.has(field)) continue;
      const place = words
        .map((word) =>
          names.findIndex(
            (name, index) => !taken.has(index) && (exact ? name === plain(word) : name.includes(plain(word))),
          ),
        )
        .find((index) => index >= 0);
      if (place === undefined) continue;
      columns.set(field, place);
      taken.add(place);
    }
  const missing = NEEDED.filter(
    (field) => !columns.has(field) && !(field === 'merchant' && columns.has('creditCode')),
  );
  return { columns, missing };
}

/** What a row says, or the first thing that is wrong with it. */
export type ReadRow =
  | { content: SanctionContent; merchant: string; creditCode: string }
  | { refusal: Omit<SanctionRowRefusal, 'row'> };

type DayContext = Parameters<typeof readDay>[1];

const refuse = (field: FileField, rule: string, text: string): ReadRow => ({
  refusal: { field, rule, parameters: {}, text },
});

/** All codes whose words stand in a text; each word is read once, the longer ones first. */
function codesIn<Code extends string>(text: string, words: readonly (readonly [string, Code])[]): Code[] {
  let rest = plain(text);
  const found = new Set<Code>();
  for (const [word, code] of words) {
    if (!rest.includes(word)) continue;
    found.add(code);
    rest = rest.replaceAll(word, ' ');
  }
  return [...found];
}

/** Reads one row of a file of decisions. `dutyId` makes an id for the place of a duty. */
export function readRow(
  cells: readonly string[],
  columns: FileColumns,
  days: DayContext,
  dutyId: (place: number) => string,
): ReadRow {
  const cell = (field: FileField): string => (cells[columns.get(field) ?? -1] ?? '').trim();
  const kindWord = cell('kind');
  const [kind] = kindWord === '' ? (['penalty'] as const) : codesIn(kindWord, KINDS);
  if (kind === undefined) return refuse('kind', 'sanction-kind-unknown', kindWord);
  const classWord = cell('class');
  const classes = CLASSES.filter(([word]) => plain(classWord) === word || plain(classWord) === `${word}失信`);
  if (classWord !== '' && classes.length === 0) return refuse('class', 'sanction-class-unknown', classWord);
  const channelWord = cell('channel');
  const [channel] = channelWord === '' ? (['gsxt'] as const) : codesIn(channelWord, CHANNELS);
  if (channel === undefined) return refuse('channel', 'sanction-channel-unknown', channelWord);
  const read: Record<'determinedOn' | 'publishedOn', string | null> = {
    determinedOn: null,
    publishedOn: null,
  };
  for (const field of ['determinedOn', 'publishedOn'] as const) {
    const text = cell(field);
    if (text === '') continue;
    const day = readDay(text, days);
    if (!day.ok) return refuse(field, 'sanction-day-unreadable', text);
    read[field] = day.value.day;
  }
  const content = {
    kind,
    class: classes[0]?.[1] ?? null,
    organ: cell('organ'),
    number: cell('number'),
    ...read,
    channel,
    simplified: YES.has(plain(cell('simplified'))),
    measures: codesIn(cell('measures'), MEASURES),
    areas: codesIn(cell('areas'), AREAS),
    restrictedUntil: null,
    text: cell('text'),
    duties: cell('duties')
      .split(/[;；\n]/u)
      .map((text) => text.trim())
      .filter((text) => text !== '')
      .map((text, place) => ({ dutyId: dutyId(place), text })),
  };
  const parsed = SanctionContentFields.safeParse(content);
  if (!parsed.success) {
    const [name = 'text'] = (parsed.error.issues[0]?.path ?? []).map(String);
    const field = (columns.has(name as FileField) ? name : 'text') as FileField;
    return refuse(field, 'sanction-field-long', cell(field));
  }
  const refusal = refusalOfContent(parsed.data, days.today);
  if (refusal) {
    const field = (refusal.field ?? 'number') as FileField;
    return {
      refusal: { field, rule: refusal.rule, parameters: refusal.parameters ?? {}, text: cell(field) },
    };
  }
  return {
    content: parsed.data,
    merchant: cell('merchant'),
    creditCode: plain(cell('creditCode')).toUpperCase(),
  };
}
