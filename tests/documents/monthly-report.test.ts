import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DepartmentRow } from '../../src/contract/centre/figures.ts';
import { settingsOn } from '../../src/domain/restoration/index.ts';
import {
  figuresByDepartment,
  figuresOfAll,
  financeFigures,
  METRICS,
  noOfficeFigures,
  OFFICE_COUNTS,
  type OfficeFigures,
  officeRates,
  zeroTotals,
} from '../../src/domain/rollup/index.ts';
import { MONTHLY_SECTIONS, valueOf } from '../../src/main/document/papers/monthly-sections.zh-CN.ts';
import {
  drawMonthlyReport,
  type MonthlyReport,
  sectionsOf,
} from '../../src/main/document/papers/monthly-report.ts';
import { DEPARTMENTS as NAMES } from '../../tools/demo/department-names.ts';
import { faultsOf, pagesOf, textOf, pngOfPage } from '../support/poppler.ts';

const squeezed = (text: string): string => text.replaceAll(/\s/g, '');

/** Any figures of so many departments, and what they come to. */
function reportOf(counts: readonly number[], departments = NAMES.length): MonthlyReport {
  const one = (place: number): number => counts[place % counts.length] ?? 0;
  const counted = Array.from({ length: departments }, (_, place) => {
    const opinions = one(place) + 1;
    return [
      {
        facet: 'department',
        key: `/HS/D${place}`,
        totals: {
          'restoration-asks': opinions + 1,
          'restoration-opinions': opinions,
          'restoration-opinions-in-time': Math.min(opinions, one(place + 1)),
          'restoration-opinion-days': 2 * opinions,
        },
      },
      {
        facet: 'window',
        key: `/HS/D${place}`,
        totals: {
          'restorations-accepted': one(place + 2),
          'restoration-replies': one(place + 2),
          'restoration-replies-in-time': Math.floor(one(place + 2) / 2),
          'restorations-concluded': one(place + 2),
          'restoration-days': 3 * one(place + 2),
        },
      },
      {
        facet: 'reply',
        key: `${place % 40}@/HS/D${place}`,
        totals: { 'restoration-replies': one(place + 2) },
      },
    ];
  }).flat();
  const totals = zeroTotals();
  for (const { facet, totals: some } of counted)
    if (facet !== 'reply')
      for (const [metric, value] of Object.entries(some)) totals[metric as keyof typeof totals] += value;
  const finance = {
    'credit-lines-granted': 3,
    'credit-lines-granted-fen': 90_000_000,
    'credit-lines-drawn-fen': 12_345_600,
  };
  const toDate = { ...totals, ...finance, 'credit-lines-repaid-fen': 2_345_600 };
  const byDepartment = figuresByDepartment(counted, [], (path) => path);
  const complete = (reported: number) => ({ workstations: 2, reported, missing: [] });
  return {
    view: {
      unit: { path: '/HS', name: '虚构区' },
      from: '2026-11-01',
      to: '2026-11-30',
      departments: Array.from({ length: departments }, (_, place): DepartmentRow => ({
        path: `/HS/D${place}`,
        name: `${NAMES[place % NAMES.length] ?? ''}${place >= NAMES.length ? '分局' : ''}（演示）`,
        figures: byDepartment.get(`/HS/D${place}`) ?? noOfficeFigures(),
        completeness: complete(place === 3 ? 1 : 2),
      })),
      total: figuresOfAll(totals, counted, []),
      whole: {
        totals: { ...totals, ...finance },
        toDate,
        enterprises: 6853,
        finance: {
          byProduct: [],
          byCategory: [],
          byUnit: [],
          total: financeFigures(finance, toDate, 'unit'),
        },
        completeness: { workstations: 256, reported: 256, missing: [] },
      },
      generatedAt: '2026-11-30T02:05:00.000Z',
    },
    limits: settingsOn('2026-11-30').limits,
    organisation: '虚构区市场监督管理局',
    month: '2026-11',
    day: '2026-11-30',
    compiledAt: '2026-11-30 10:05',
    staleSince: null,
  };
}

const percent = (share: number | null): string =>
  share === null ? '—' : `${(Math.round(share * 1000) / 10).toFixed(1)}%`;

/** The words of a department's line, as they stand behind its name. */
const lineOf = (figures: OfficeFigures): string[] => [
  String(figures.counts.asks),
  String(figures.counts.opinions),
  percent(officeRates(figures).answeredInTime),
];

describe('the monthly report', () => {
  it('has the query’s figures of every department on one page, their sum, each formula, and who has not reported', async () => {
    const report = reportOf([12, 30, 7, 0, 44, 3, 18]);
    const { bytes, pages } = await drawMonthlyReport(report);
    const folder = process.env['HESHI_PICTURES'];
    if (folder !== undefined) await writeFile(join(folder, 'monthly.png'), await pngOfPage(bytes, 1, 130));
    expect(NAMES.length).toBeGreaterThanOrEqual(30);
    expect(pages).toBe(1);
    expect(await pagesOf(bytes)).toHaveLength(1);
    expect(await faultsOf(bytes)).toBe('');
    const said = await textOf(bytes);
    for (const { name, figures } of report.view.departments)
      expect(said).toContain(squeezed(name + lineOf(figures).join('')));
    expect(said).toContain(`合计${lineOf(report.view.total).join('')}`);
    for (const part of [
      '虚构区信用修复与信用金融月报',
      '统计期间：2026年11月',
      '按时÷答复',
      '按时÷回复',
      '服务企业：6,853家',
      '自收到至出结果的工作日÷办结件数',
      '发放融资：¥123,456',
      '期末余额：¥100,000',
      `未报送的部门：${NAMES[3]}（演示）`,
      '数字截至2026-11-30',
    ])
      expect(said).toContain(squeezed(part));
    expect(Buffer.from((await drawMonthlyReport(report)).bytes).equals(Buffer.from(bytes))).toBe(true);
  });

  it('goes on to another page where there are more departments than fit on one', async () => {
    const { bytes, pages } = await drawMonthlyReport(reportOf([1, 2, 3], 90));
    expect(pages).toBe(2);
    expect(await textOf(bytes)).toContain('合计');
  });

  it('prints only what this release counts, and no rate of nothing', () => {
    const { view } = reportOf([0]);
    const all = sectionsOf(view);
    expect(all.map(({ heading }) => heading)).toEqual([
      '二、信用修复',
      '三、信用金融',
      '四、明码实价街区',
      '五、信用联盟与爱心基金',
    ]);
    // What another release counts is left out, and a section of nothing else too; the next takes its number.
    const [first, ...others] = MONTHLY_SECTIONS;
    if (first === undefined) throw new Error('There is no section');
    const strange = {
      heading: '另一个系统',
      lines: [
        { label: '巡查', of: 'period', unit: { as: 'count', word: '次' }, plus: ['counted-elsewhere'] },
      ],
    } as const;
    expect(sectionsOf(view, [first, strange, ...others])).toEqual(all);
    for (const { lines } of MONTHLY_SECTIONS)
      for (const line of lines)
        for (const metric of [...line.plus, ...(line.minus ?? []), ...(line.per ?? [])])
          expect(METRICS).toContain(metric);
  });

  it('works out a line of what was counted, whatever that is', () => {
    const count = fc.integer({ min: 0, max: 1e9 });
    fc.assert(
      fc.property(count, count, count, (plus, minus, per) => {
        const [a, b, c] = [OFFICE_COUNTS.asks, OFFICE_COUNTS.opinions, OFFICE_COUNTS.concluded];
        const period = { ...zeroTotals(), [a]: plus, [b]: minus, [c]: per };
        const line = { label: '', of: 'period', unit: { as: 'share' }, plus: [a], minus: [b] } as const;
        const both = { period, toDate: zeroTotals() };
        expect(valueOf(line, both)).toBe(plus - minus);
        expect(valueOf({ ...line, per: [c] }, both)).toBe(per === 0 ? null : (plus - minus) / per);
        expect(valueOf({ ...line, of: 'to-date' }, both)).toBe(0);
      }),
      { numRuns: 50 },
    );
  });
});
