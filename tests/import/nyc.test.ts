import { expect, test } from 'vitest';
import { naturalDaysBetween } from '../../src/domain/kernel/calendar/day.ts';
import { nycOutcomes } from '../../src/main/imports/reading/words/nyc.ts';
import { guessMapping } from '../../src/main/imports/reading/shape.ts';
import { judgeRows } from '../../src/main/imports/reading/verdict.ts';
import { briefly, complaintsOf, judged, nycFile, today } from './helpers.ts';
import { nycFigures } from './nyc-independent.ts';
import { outcomeOfResult } from './nyc-outcomes.ts';

const lines = new TextDecoder().decode(nycFile()).trimEnd().split('\n');

test('the register of 2,345 mediated complaints: every row is judged once, the defects are the known ones', async () => {
  const { table, accepted, refused } = await judged(nycFile());
  expect(table.rows).toHaveLength(2345);
  expect([...accepted, ...refused].map((one) => one.row).sort((a, b) => a - b)).toEqual(
    Array.from({ length: 2345 }, (_, index) => index + 2),
  );
  expect(accepted).toHaveLength(2310);
  const closedEarly = [189, 1241, 1563, 1628, 2227, 2311];
  expect(briefly(refused).filter((one) => one.includes('closed-before-start'))).toEqual(
    closedEarly.map((row) => `${row} closedOn closed-before-start`),
  );
  expect(refused.filter((one) => one.field === 'merchantName' && one.rule === 'required')).toHaveLength(29);
  expect(refused).toHaveLength(35);
});

test('counts by outcome, restitution and median days equal those of an independent script', async () => {
  const { accepted, refused } = await judged(nycFile());
  const complaints = complaintsOf(accepted);
  const counts: Record<string, number> = {};
  for (const { outcome } of complaints) counts[outcome] = (counts[outcome] ?? 0) + 1;
  const days = complaints.map((one) => naturalDaysBetween(one.startedOn, one.closedOn)).sort((a, b) => a - b);
  const middle = [days[(days.length - 1) >> 1] ?? Number.NaN, days[days.length >> 1] ?? Number.NaN];
  expect({
    rows: complaints.length,
    counts,
    restitutionFen: complaints.reduce((sum, one) => sum + one.restitutionFen, 0),
    medianDays: (Number(middle[0]) + Number(middle[1])) / 2,
  }).toEqual(nycFigures(new Set(refused.map((one) => one.row))));
});

test('all 23 results have an outcome, the one that the decision record gives', () => {
  const words = new Set(Object.keys(nycOutcomes));
  expect(words.size).toBe(23);
  for (const [word, outcome] of Object.entries(nycOutcomes)) {
    expect(`${word}: ${outcome}`).toBe(`${word}: ${outcomeOfResult[word.slice(-3)]}`);
  }
});

test('what is blank but not needed is kept with a note', async () => {
  const { accepted } = await judged(nycFile());
  const blankType = accepted.filter((one) => one.notes.some((note) => note.note === 'category-blank'));
  expect(blankType).toHaveLength(156);
  expect(blankType.every((one) => one.kind === 'complaint' && one.complaint.problem === 'other')).toBe(true);
  expect(accepted.flatMap((one) => one.notes).filter((note) => note.note === 'address-blank')).toHaveLength(
    21,
  );
});

test('a row of the register that slipped by a column, either way and from any column on, is refused as such', async () => {
  const whole = lines[1] ?? '';
  const cells = whole.split(',');
  const right = ['DYNAMIC RECOVERY', ' SOLUTIONS LLC', ...cells.slice(1, 16)];
  const left = [...cells.slice(1), ''];
  // The defect of the published set's kind: the address slipped, dates and result did not.
  const address = [...cells.slice(0, 8), '', ...cells.slice(8, 16)];
  const tooMany = ['DYNAMIC RECOVERY', ' SOLUTIONS LLC', ...cells.slice(1)];
  const planted = [right, left, address, tooMany].map((row) => row.join(','));
  planted[3] += ',40.1';
  const { refused } = await judged([...lines.slice(0, 400), ...planted].join('\n'));
  expect(briefly(refused.filter((one) => one.row > 400))).toEqual([
    '401 row shifted-row',
    '402 row shifted-row',
    '403 row shifted-row',
    '404 row too-many-cells',
  ]);
});

test('planted defects of each kind are refused with their own rule', async () => {
  const good = (lines[1] ?? '').split(',');
  const withCell = (index: number, text: string): string => good.with(index, text).join(',');
  const content = [
    ...lines.slice(0, 100),
    withCell(3, '02/30/2019'),
    withCell(4, '07/01/2026'),
    withCell(4, ''),
    withCell(5, ''),
    withCell(5, 'Something New - XXX'),
    withCell(7, '-5.00'),
    withCell(7, 'five'),
    withCell(3, '02/07/1919'),
  ].join('\n');
  const { refused } = await judged(content);
  expect(briefly(refused.filter((one) => one.row > 100))).toEqual([
    '101 startedOn bad-date',
    '102 closedOn date-in-future',
    '103 closedOn not-closed',
    '104 outcome required',
    '105 outcome unknown-word',
    '106 restitution negative-amount',
    '107 restitution bad-amount',
    '108 startedOn date-too-early',
  ]);
});

test('the same file has the same identities, all different, whatever the words are mapped to', async () => {
  const first = await judged(nycFile());
  const { mapping } = guessMapping(first.table);
  const outcome = { ...mapping.values.outcome, 'Advised to Sue - ATS': 'transferred' as const };
  const second = judgeRows(first.table, { ...mapping, values: { ...mapping.values, outcome } }, { today });
  const identities = first.accepted.map((one) => one.identity);
  expect(second.accepted.map((one) => one.identity)).toEqual(identities);
  expect(new Set(identities).size).toBe(identities.length);
});
