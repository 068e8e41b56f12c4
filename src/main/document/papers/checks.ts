import { MISSING_PARTS, type MissingPart } from '../../../contract/workstation/document.ts';
import { labels } from './labels.zh-CN.ts';
import type { Paper } from './paper.ts';

const { parties } = labels;
const PARTIES: Record<string, string> = { [parties.consumer]: 'consumer', [parties.merchant]: 'merchant' };
const ENTRIES: Record<string, string> = {
  [parties.phone]: 'phone',
  [parties.address]: 'address',
  [parties.contact]: 'contact',
};

/** What of the parties a paper leaves blank, to be written by hand or asked for before it has a number. */
export function missingIn(paper: Paper): MissingPart[] {
  const blank = new Set(
    paper.parties.flatMap(({ party, lines }) =>
      lines
        .flat()
        .filter(([, value]) => value.trim() === '')
        .map(([label]) => `${PARTIES[party]}-${ENTRIES[label]}`),
    ),
  );
  return MISSING_PARTS.filter((part) => blank.has(part));
}
