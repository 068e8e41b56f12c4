import { expect, it } from 'vitest';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { drawNoPenalty, type NoPenalty } from '../../src/main/document/papers/no-penalty.ts';
import { faultsOf, pagesOf, plainTextOf, pngOfPage } from '../support/poppler.ts';

const squeezed = (text: string): string => text.replaceAll(/\s/g, '');

const DECISION: NoPenalty = {
  merchantName: '虚构服饰店',
  item: '未按规定明码标价',
  months: 24,
  isFirst: true,
  verdict: 'may-be-unpunished',
  number: '虚市监不罚〔2026〕1号',
  violatedOn: '2026-11-28',
  facts: '货架三处价签缺失。',
  harm: 'slight',
  harmGround: '没有消费者因此多付价款。',
  correctBy: '2026-12-03',
  correctedOn: '2026-11-30',
  correctGround: '当场补齐价签，复查属实。',
  organisation: '虚构区市场监督管理局',
  day: '2026-12-01',
};

it('the decision not to punish answers each condition, names the law, educates and says where to turn', async () => {
  const bytes = Buffer.from(await drawNoPenalty(DECISION));
  const said = squeezed(await plainTextOf(bytes));
  for (const part of [
    '不予行政处罚决定书',
    '虚市监不罚〔2026〕1号',
    '虚构服饰店：',
    '（一）初次违法：前后24个月内',
    '（二）危害后果：危害后果轻微。没有消费者因此多付价款。',
    '应当在2026年12月3日以前改正，已于2026年11月30日改正',
    '第三十三条第一款',
    '不予行政处罚。',
    '进行教育',
    '行政复议',
    '虚构区市场监督管理局',
  ])
    expect(said).toContain(squeezed(part));
  expect(await pagesOf(bytes)).toHaveLength(1);
  expect(await faultsOf(bytes)).toBe('');
  expect(Buffer.from(await drawNoPenalty(DECISION)).equals(bytes)).toBe(true);
  const folder = process.env['HESHI_PICTURES'];
  if (folder !== undefined) {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'no-penalty.png'), await pngOfPage(bytes, 1));
  }
  const slight = { ...DECISION, isFirst: false, verdict: 'not-punished', harm: 'none' } as const;
  const other = squeezed(await plainTextOf(Buffer.from(await drawNoPenalty(slight))));
  expect(other).not.toContain('初次违法');
  expect(other).toContain('违法行为轻微并及时改正，没有造成危害后果的，不予行政处罚');
});
