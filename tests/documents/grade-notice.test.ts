import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  defaultPolicy,
  type GradeOnRecord,
  noticeNumber,
  PublishedGrade,
  readNoticeNumber,
} from '../../src/domain/credit/index.ts';
import { readPrintedCode } from '../../src/domain/document/index.ts';
import {
  drawGradeNotice,
  explanationTable,
  noticeCode,
} from '../../src/main/document/papers/grade-notice.ts';
import { readQrCodes } from '../../src/main/document/read-qr.ts';
import { faultsOf, fontsOf, pngOfPage, textOf } from '../support/poppler.ts';

const merchant = { id: '0199c1d2-0000-7000-8000-00abcdef1234', name: '宁波虚构服饰有限公司天一店' };
const line = (indicator: string, points: number, good: number, bad: number) => ({
  kind: 'rate' as const,
  indicator,
  points,
  good,
  bad,
  mean: 8_000,
  weight: 10,
});
const grade: GradeOnRecord = {
  merchantPath: '/HS/C1/M01/S001',
  month: '2026-11',
  policyVersion: 1,
  category: 'enterprise',
  outcome: 'graded',
  base: 800,
  points: 762,
  grade: 'C',
  gradeOfPoints: 'C',
  lines: [
    line('settled-at-source', -18, 3, 5),
    line('answered-in-time', 12, 8, 0),
    line('returns-granted', -24, 1, 4),
    { kind: 'event', indicator: 'penalty-minor', points: -8, months: [{ age: 2, count: 1 }] },
  ],
  interval: { low: 700, high: 810, worst: 'C', best: 'B' },
  matters: 13,
  reasons: [
    { code: 'returns-granted', lost: 64, facts: ['f1', 'f2'] },
    { code: 'settled-at-source', lost: 58, facts: [] },
  ],
  recordedBy: [],
  limits: { file: 5, fileApproved: 20, decide: 5, decideApproved: 20, overrideDays: 365 },
  cause: 'monthly',
  at: '2026-12-01T01:00:00.000Z',
  noticeOn: null,
};
const reply = {
  text: '我店已增派客服，并向全体店员讲解了退货承诺。'.repeat(20),
  by: { at: '2026-12-02T01:00:00.000Z', staffId: 's', name: '王店长（虚构）', unitPath: '/HS/C1/M01/S001' },
};
const notice = {
  merchant,
  policy: defaultPolicy,
  reply: null,
  organisation: '海曙区市场监督管理局（虚构）',
  day: '2026-12-01',
  objectUntil: '2026-12-08',
};

const squeezed = (text: string): string => text.replaceAll(/\s/g, '');

describe('the notice of a grade', () => {
  it.each([
    ['graded', { ...notice, grade }],
    ['answered', { ...notice, grade, reply }],
    [
      'not-rated',
      { ...notice, grade: { ...grade, outcome: 'not-rated' as const, grade: null, reasons: [] } },
    ],
  ])('says all of it when %s, and its QR code is read from a picture of it', async (name, said) => {
    const { number, bytes } = await drawGradeNotice(said);
    expect(number).toBe('G-00ABCDEF1234-202611');
    expect(await faultsOf(bytes)).toBe('');
    expect((await fontsOf(bytes)).every(({ embedded }) => embedded)).toBe(true);
    const text = squeezed(await textOf(bytes));
    for (const part of ['信用评级告知书', merchant.name, '2026年12月8日', '源头化解', '3／8', '762', number])
      expect(text).toContain(squeezed(part));
    expect(text).toContain(said.grade.grade === null ? '暂不评级' : '等级：C（中等）');
    expect(text).toContain(said.reply === null ? '说明：' : '我店已增派客服');
    const picture = await pngOfPage(bytes, 1, 150);
    const [printed] = (await readQrCodes(Buffer.from(picture))).map(readPrintedCode);
    expect(printed).toEqual(noticeCode(merchant.id, said.grade));
    // To be looked at: DOCUMENT_PICTURES names a folder to keep them in.
    const keep = process.env['DOCUMENT_PICTURES'];
    if (keep) {
      await mkdir(keep, { recursive: true });
      await writeFile(join(keep, `grade-notice-${name}.png`), picture);
    }
  });

  it('explains the points by lines that add up to them', () => {
    const { rows, foot } = explanationTable(grade);
    const pointsOf = (row: readonly string[]): number => Number(row[3]?.replace('−', '-'));
    expect(rows.reduce((sum, row) => sum + pointsOf(row), 0)).toBe(Number(foot?.[3]));
    expect(Number(foot?.[3])).toBe(grade.points);
  });

  it('has a number that leads back to merchant and month, and a code that whatever is changed changes', () => {
    expect(readNoticeNumber(noticeNumber(merchant.id, '2026-11'))).toEqual({
      idEnd: '00abcdef1234',
      month: '2026-11',
    });
    expect(readNoticeNumber('P-00ABCDEF1234-2')).toBeNull();
    const { at: _at, noticeOn: _on, ...published } = grade;
    const known = noticeCode(merchant.id, PublishedGrade.parse(published));
    expect(noticeCode(merchant.id, { ...grade, noticeOn: '2026-12-03' } as PublishedGrade)).toEqual(known);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.nat({ max: 2 }), (more, place) => {
        const lines = published.lines.map((one, index) =>
          index === place ? { ...one, points: one.points + more } : one,
        );
        const other = PublishedGrade.parse({ ...published, lines, points: published.points + more });
        expect(noticeCode(merchant.id, other).code).not.toBe(known.code);
      }),
      { numRuns: 20 },
    );
  });
});
