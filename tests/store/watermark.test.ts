import { readXlsx } from 'hucre/xlsx';
import { expect, it } from 'vitest';
import { markOf, renderPdf, renderXlsx, type Report } from '../../src/main/exports/index.ts';
import { plainTextOf } from '../support/poppler.ts';

const AT = '2026-03-10T02:05:00.000Z';
const report: Report = {
  title: '案件清单',
  fileName: '案件清单',
  language: 'zh-CN',
  mark: markOf('虚构王', '第一商场 & 柜台', AT),
  about: [],
  tables: [
    {
      heading: '案件',
      columns: [{ title: '编号', kind: 'text', width: 20 }],
      rows: Array.from({ length: 120 }, (_, index) => [`M01-2026-1-${index}`]),
      empty: '无',
    },
  ],
  notes: [],
};

it('a file that somebody takes along says on every page who did and when', async () => {
  const text = await plainTextOf(await renderPdf(report, AT));
  const pages = text.split('\f').filter((page) => page.trim() !== '');
  expect(pages.length).toBeGreaterThan(3);
  for (const page of pages) expect(page).toContain('虚构王 (第一商场 & 柜台) · 2026-03-10 10:05');
  const { sheets } = await readXlsx(await renderXlsx(report));
  expect(sheets.map(({ headerFooter }) => headerFooter?.oddFooter)).toEqual([
    '&L虚构王 (第一商场 && 柜台) · 2026-03-10 10:05&R&P / &N',
  ]);
});
