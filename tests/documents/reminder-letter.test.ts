import { describe, expect, it } from 'vitest';
import { eligibilityOf, publicationEnds, regimeOf, shippedRegimes } from '../../src/domain/sanction/index.ts';
import { drawReminderLetter, type ReminderLetter } from '../../src/main/document/papers/reminder-letter.ts';
import { recorded, stateOf, typed } from '../domain/sanction/samples.ts';
import { faultsOf, pagesOf, plainTextOf } from '../support/poppler.ts';

const squeezed = (text: string): string => text.replaceAll(/\s/g, '');

function letterOf(over: Parameters<typeof typed>[0], day: string): ReminderLetter {
  const record = stateOf(recorded(typed(over)));
  return {
    record,
    eligibility: eligibilityOf(record, shippedRegimes, day, [
      { id: 'list', kind: 'severe-listing', ended: null },
    ]),
    blocking: [{ id: 'list', title: '虚构局 虚列严〔2026〕1号' }],
    endsOn: publicationEnds(record, shippedRegimes)?.day ?? null,
    conditions: regimeOf(record, shippedRegimes)?.conditions ?? [],
    organisation: '虚构区市场监督管理局',
    day,
  };
}

describe('the letter that reminds of a record', () => {
  it('says what is published, from when it may be repaired, what stands in the way and what is to be done', async () => {
    const letter = letterOf({}, '2026-06-01');
    const bytes = Buffer.from(await drawReminderLetter(letter));
    const said = squeezed(await plainTextOf(bytes));
    for (const part of [
      '信用修复提醒函',
      '虚构服饰店：',
      '虚构区市场监督管理局',
      '行政处罚',
      '虚市监处罚〔2026〕12号',
      '自2026年8月7日起',
      '虚列严〔2026〕1号',
      '最短公示三个月',
      '1.缴纳罚款（未履行）',
      '信用承诺书',
      '2026年6月1日',
    ])
      expect(said).toContain(squeezed(part));
    expect(await pagesOf(bytes)).toHaveLength(1);
    expect(await faultsOf(bytes)).toBe('');
    expect(Buffer.from(await drawReminderLetter(letter)).equals(bytes)).toBe(true);
  });

  it('promises no repair where a rule bars it', async () => {
    const barred = {
      channel: 'gsxt',
      determinedOn: '2024-05-06',
      publishedOn: '2024-05-20',
      measures: ['suspension'],
    } as const;
    const letter = letterOf({ ...barred, measures: [...barred.measures] }, '2026-06-01');
    const said = squeezed(await plainTextOf(Buffer.from(await drawReminderLetter(letter))));
    expect(said).toContain('不能申请提前停止公示');
    expect(said).toContain('公示至2027年5月20日');
    expect(said).not.toContain('申请材料');
  });
});
