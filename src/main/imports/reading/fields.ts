import { ImportKind } from '../../../contract/workstation/imports.ts';
import { cleanCell } from './clean.ts';
import { COMPLAINT_FIELDS, MERCHANT_FIELDS, RETURN_FIELDS, type TargetField } from './field-names.ts';
import { headerAliases } from './words/headers.ts';

const REQUIRED: ReadonlySet<TargetField> = new Set<TargetField>([
  'name',
  'merchantName',
  'startedOn',
  'closedOn',
  'outcome',
  'tillNumber',
  'goodsName',
  'purchasedOn',
  'paid',
]);

/** Columns that may feed two fields at once: an industry or dispute type often holds both categories. */
export const SHARED_COLUMN_FIELDS: ReadonlySet<TargetField> = new Set<TargetField>([
  'industry',
  'object',
  'problem',
]);

/** Fields whose words are read through a value map. */
export const VALUE_FIELDS = ['outcome', 'satisfaction', 'object', 'problem'] as const;
export type ValueField = (typeof VALUE_FIELDS)[number];

/** Greatest lengths, as the events `case-imported`, `merchant-registered` and `return-requested` allow them. */
export const MAXIMUM_LENGTH = {
  name: 160,
  unitName: 80,
  address: 300,
  contactName: 60,
  phone: 30,
  externalNumber: 60,
  consumerName: 120,
  consumerPhone: 30,
  merchantName: 160,
  merchantAddress: 300,
  industry: 120,
  outcome: 200,
  tillNumber: 60,
  shopName: 160,
  goodsName: 120,
  proofNumber: 60,
  buyerName: 60,
  buyerPhone: 30,
} as const satisfies Partial<Record<TargetField, number>>;

const FIELDS: Record<ImportKind, readonly TargetField[]> = {
  merchants: MERCHANT_FIELDS,
  complaints: COMPLAINT_FIELDS,
  returns: RETURN_FIELDS,
};

export function fieldsOf(kind: ImportKind): readonly TargetField[] {
  return FIELDS[kind];
}

/** The fields a column can be mapped to, in the order in which a mapping screen lists them. */
export function targetFields(kind: ImportKind): { name: TargetField; required: boolean }[] {
  return fieldsOf(kind).map((name) => ({ name, required: REQUIRED.has(name) }));
}

/** One spelling for headers that mean the same: width, case, spaces and marks do not count. */
export function normaliseHeader(header: string): string {
  return cleanCell(header)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s*:·_"'“”‘’]/g, '');
}

const FIELD_OF_ALIAS: Record<ImportKind, ReadonlyMap<string, TargetField>> = {
  merchants: aliasIndex(headerAliases.merchants),
  complaints: aliasIndex(headerAliases.complaints),
  returns: aliasIndex(headerAliases.returns),
};

function aliasIndex<Field extends string>(
  aliases: Readonly<Record<Field, readonly string[]>>,
): ReadonlyMap<string, Field> {
  const index = new Map<string, Field>();
  for (const field in aliases) {
    for (const alias of aliases[field]) index.set(normaliseHeader(alias), field);
  }
  return index;
}

/** Parts the name of a group of columns from the name of one of them, in a header of two lines. */
export const GROUP_MARK = '·';

/**
 * The field a header is known to name, with or without a remark in brackets such as `(元)`. Under a group that names nobody
 * (`基本信息·电话`) the column's own name decides; under one that does, its name alone could be anybody's.
 */
export function fieldOfHeader(kind: ImportKind, header: string): TargetField | null {
  const known = FIELD_OF_ALIAS[kind];
  const named = (text: string): TargetField | null => {
    const normal = normaliseHeader(text);
    return known.get(normal) ?? known.get(normal.replace(/[([【].*?[)\]】]/g, '')) ?? null;
  };
  const whole = named(header);
  const mark = header.lastIndexOf(GROUP_MARK);
  if (whole !== null || mark < 0 || named(header.slice(0, mark)) !== null) return whole;
  return named(header.slice(mark + 1));
}

/** How many different fields these cells name, taken as headers, for the kind that knows them best. */
export function headerAliasHits(cells: readonly string[]): number {
  const hits = (kind: ImportKind): number =>
    new Set(cells.map((cell) => fieldOfHeader(kind, cell)).filter(Boolean)).size;
  return Math.max(...ImportKind.options.map(hits));
}
