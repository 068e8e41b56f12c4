import {
  HistoricalOutcome,
  ObjectCategory,
  ProblemCategory,
  Satisfaction,
} from '../../../../domain/case/index.ts';
import type { ValueField } from '../fields.ts';
import {
  chineseObjects,
  chineseOutcomes,
  chineseProblems,
  nothingWords,
  satisfactionWords,
} from './chinese.ts';
import { nycObjects, nycOutcomes, nycProblems } from './nyc.ts';

export type ValueCodes = {
  outcome: HistoricalOutcome;
  satisfaction: Satisfaction;
  object: ObjectCategory;
  problem: ProblemCategory;
};

/** One spelling for words that mean the same: width, case and outer or doubled spaces do not count. */
export function normaliseWord(word: string): string {
  if (/^[\u4e00-\u9fff\da-z]*$/.test(word)) return word;
  return word.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();
}

/** True for a blank cell and for what people write instead of leaving it blank. */
export function isNothing(text: string): boolean {
  // Asked of every cell: most are longer than any of these.
  return text.trim().length <= LONGEST_NOTHING && NOTHING.has(normaliseWord(text));
}
const NOTHING: ReadonlySet<string> = new Set(nothingWords.map(normaliseWord));
const LONGEST_NOTHING = Math.max(...nothingWords.map((word) => word.length));

function byCode<Code extends string>(words: Readonly<Record<Code, readonly string[]>>): [string, Code][] {
  const pairs: [string, Code][] = [];
  for (const code in words) for (const word of words[code]) pairs.push([normaliseWord(word), code]);
  return pairs;
}

function codesAsWords<Code extends string>(codes: readonly Code[]): [string, Code][] {
  return codes.map((code) => [code, code]);
}

const EXACT: { [Field in ValueField]: ReadonlyMap<string, ValueCodes[Field]> } = {
  outcome: new Map([
    ...codesAsWords(HistoricalOutcome.options),
    ...byCode(chineseOutcomes),
    ...Object.entries(nycOutcomes).map(([word, code]): [string, HistoricalOutcome] => [
      normaliseWord(word),
      code,
    ]),
  ]),
  satisfaction: new Map([...codesAsWords(Satisfaction.options), ...byCode(satisfactionWords)]),
  object: new Map([...codesAsWords(ObjectCategory.options), ...byCode(nycObjects)]),
  problem: new Map([...codesAsWords(ProblemCategory.options), ...byCode(nycProblems)]),
};

/** The code a word is known to mean, or null: exact words for results, key words for categories. */
export function knownCode<Field extends ValueField>(field: Field, word: string): ValueCodes[Field] | null {
  const normal = normaliseWord(word);
  const exact: ReadonlyMap<string, ValueCodes[Field]> = EXACT[field];
  return exact.get(normal) ?? keyword(field, normal);
}

const KEYWORDS: {
  [Field in ValueField]: readonly (readonly [ValueCodes[Field], readonly string[]])[];
} = { outcome: [], satisfaction: [], object: chineseObjects, problem: chineseProblems };

function keyword<Field extends ValueField>(field: Field, normal: string): ValueCodes[Field] | null {
  const entries: readonly (readonly [ValueCodes[Field], readonly string[]])[] = KEYWORDS[field];
  return entries.find(([, words]) => words.some((word) => normal.includes(word)))?.[0] ?? null;
}
