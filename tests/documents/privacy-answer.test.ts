import fc from 'fast-check';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CaseState } from '../../src/domain/case/index.ts';
import type { PrivacyGround, PrivacyOutcome } from '../../src/domain/privacy/index.ts';
import type { ReturnState } from '../../src/domain/return/index.ts';
import {
  type AnsweredRecord,
  drawPrivacyAnswer,
  type HeldData,
  type PrivacyAnswer,
} from '../../src/main/document/papers/privacy-answer.ts';
import { actorAt, factOf, registration } from '../support/facts.ts';
import { faultsOf, fontsOf, pagesOf, plainTextOf, pngOfPage, structureOf } from '../support/poppler.ts';
import { applyCase } from '../support/shipped.ts';

const SHOP = '/HS/C1/M01/S001';
const CASE_NUMBER = 'S001-2026-1-0001';
const squeezed = (text: string): string => text.replaceAll(/\s/g, '');

function registered(): CaseState {
  const consumer = {
    name: '张三',
    phone: '10012345678',
    idType: 'resident-id',
    idNumber: '330203199001011234',
    address: '海曙区虚构路一号',
  };
  const payload = registration({ number: CASE_NUMBER, consumer });
  const ruling = applyCase(
    undefined,
    factOf('case', 'c1', 'case-registered', payload, actorAt(SHOP, 'shop-manager')),
  );
  if (ruling.kind !== 'legal') throw new Error(ruling.kind);
  return ruling.state;
}

const knownTo: HeldData['knownTo'] = [
  { name: '虚构服饰店', party: 'merchant' },
  { name: '虚构商场', party: 'operator' },
];
const ofCase: HeldData = {
  kind: 'case',
  state: registered(),
  claims: ['退款'],
  registeredIn: '虚构服饰店',
  handledBy: ['虚构服饰店'],
  stays: { until: null, days: 1095 },
  erasedAfter: 1825,
  knownTo,
};
const ofReturn: HeldData = {
  kind: 'return',
  // What the paper reads of it.
  state: {
    number: 'S001-R2026-1-0001',
    status: 'granted',
    consumer: { name: '张三', phone: null },
    merchantName: '虚构服饰店',
    requestedAt: '2026-03-05T02:00:00.000Z',
    request: { goodsName: '大衣', purchasedOn: '2026-03-01', amountFen: 59_900, proofNumber: '小票0001' },
    refundFen: 59_900,
    refundedOn: '2026-03-06',
    refusal: null,
    caseId: null,
  } as unknown as ReturnState,
  unitName: '虚构服饰店',
  caseNumber: null,
  erasedAfter: 1825,
  knownTo,
};

const granted = (kind: 'case' | 'return', text = ''): PrivacyOutcome => ({
  kind,
  id: 'one',
  verdict: 'granted',
  correctionId: null,
  text,
});
const record = (
  number: string,
  outcome: PrivacyOutcome,
  over: Partial<AnsweredRecord> = {},
): AnsweredRecord => ({
  number,
  outcome,
  held: null,
  correction: null,
  erasedAt: null,
  ...over,
});
const answer = (over: Partial<PrivacyAnswer>): PrivacyAnswer => ({
  number: 'S001-P2026-1-0001',
  what: 'access',
  requester: { name: '张三', phone: '10012345678', as: 'self', authority: null },
  identity: 'id-seen',
  wish: '',
  organisation: '虚构商场',
  receivedOn: '2026-03-10',
  day: '2026-03-12',
  records: [],
  accesses: [],
  ...over,
});

const access = answer({
  records: [
    record(CASE_NUMBER, granted('case'), { held: ofCase }),
    record('S001-R2026-1-0001', granted('return'), { held: ofReturn }),
    record('S001-2026-1-0002', { kind: 'case', id: 'x', verdict: 'refused', ground: 'not-theirs', text: '' }),
  ],
  accesses: [
    {
      at: '2026-03-11T02:05:00.000Z',
      unitName: '虚构服饰店',
      role: 'shop-manager',
      action: 'reveal',
      number: CASE_NUMBER,
    },
  ],
});
const correction = answer({
  what: 'correction',
  wish: '电话已更换',
  requester: { name: '李四', phone: '10012345679', as: 'agent', authority: '授权委托书' },
  records: [
    record(CASE_NUMBER, { ...granted('case'), correctionId: 'e1' } as PrivacyOutcome, {
      correction: {
        at: '2026-03-11T02:00:00.000Z',
        changes: [
          { field: 'consumerPhone', before: '10012345678', after: '10087654321' },
          { field: 'consumerAddress', before: null, after: '虚构路二号' },
        ],
      },
    }),
    record('S001-R2026-1-0001', granted('return', '已在退货单上注明')),
  ],
});
const deletion = answer({
  what: 'deletion',
  wish: '不再需要',
  records: [
    record(CASE_NUMBER, granted('case'), { erasedAt: '2026-03-12T08:00:00.000Z' }),
    record('S001-2026-1-0002', granted('case')),
    record('S001-R2026-1-0001', {
      kind: 'return',
      id: 'r',
      verdict: 'refused',
      ground: 'retention-period',
      text: '会计凭证',
    }),
  ],
});

const SAID: Record<string, { paper: PrivacyAnswer; parts: string[]; not: string[] }> = {
  access: {
    paper: access,
    parts: [
      '个人信息查阅复制答复书',
      '第四十五条',
      '10012345678',
      '居民身份证，330203199001011234',
      '海曙区虚构路一号',
      '【虚构示例】大衣掉色，要求退款。',
      '2026年3月1日',
      '人民币1,280.00元',
      '小票0001',
      '退款人民币599.00元（2026年3月6日）',
      '不是您的个人信息',
      '虚构商场（主办方）',
      '2026-03-11 10:05',
      '店长',
      '查看完整信息',
      '保存1095日',
      '第六十五条',
    ],
    not: ['测试员'],
  },
  correction: {
    paper: correction,
    parts: ['第四十六条', '代理权限：授权委托书', '更正前', '10087654321', '虚构路二号', '已在退货单上注明'],
    not: ['查看记录'],
  },
  deletion: {
    paper: deletion,
    parts: [
      '第四十七条',
      '个人信息已于2026年3月12日删除',
      '删除正在进行',
      '保存期限未届满',
      '会计凭证',
      '人民法院',
    ],
    not: ['查看记录'],
  },
};

describe('the answer to a request about own data', () => {
  it.each(Object.entries(SAID))('says all of it, of %s', async (name, { paper, parts, not }) => {
    const bytes = await drawPrivacyAnswer(paper);
    expect(await faultsOf(bytes)).toBe('');
    expect((await fontsOf(bytes)).every(({ embedded }) => embedded)).toBe(true);
    const text = squeezed(await plainTextOf(bytes));
    for (const part of [...parts, paper.number, '虚构商场', paper.requester.name])
      expect(text).toContain(squeezed(part));
    for (const part of not) expect(text).not.toContain(part);
    expect((await structureOf(bytes)).structure).toContain('Table');
    // To be looked at: DOCUMENT_PICTURES names a folder to keep them in.
    const keep = process.env['DOCUMENT_PICTURES'];
    if (keep) {
      await mkdir(keep, { recursive: true });
      for (const page of (await pagesOf(bytes)).keys())
        await writeFile(
          join(keep, `privacy-answer-${name}-${page + 1}.png`),
          await pngOfPage(bytes, page + 1, 90),
        );
    }
  });

  it('says so where a record has left the workstation', async () => {
    const paper = { ...access, records: [record(CASE_NUMBER, granted('case'))] };
    const text = squeezed(await plainTextOf(await drawPrivacyAnswer(paper)));
    expect(text).toContain('该记录已归档');
    expect(text).not.toContain('内容见第二部分');
    // Nothing is shown, and no heading of it.
    expect(text).not.toContain('本单位持有的您的个人信息');
    expect(text).toContain('二、异议和救济');
  });

  it('is the same bytes for the same input, and others for another', async () => {
    const [one, same, other] = await Promise.all([
      drawPrivacyAnswer(access),
      drawPrivacyAnswer(structuredClone(access)),
      drawPrivacyAnswer({ ...access, wish: '请尽快' }),
    ]);
    expect(Buffer.from(one).equals(same)).toBe(true);
    expect(Buffer.from(one).equals(other)).toBe(false);
  });

  it('gives the ground of each refusal, with what was added in words', async () => {
    const grounds: PrivacyGround[] = ['case-open', 'duty-running', 'identity-unproved', 'other'];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...grounds), async (ground) => {
        const refused = record(CASE_NUMBER, {
          kind: 'case',
          id: 'c',
          verdict: 'refused',
          ground,
          text: '另有说明',
        });
        const text = squeezed(
          await plainTextOf(await drawPrivacyAnswer({ ...deletion, records: [refused] })),
        );
        expect(text).toContain('不予同意');
        expect(text).toContain('另有说明');
        expect(text.includes('已核实您的身份')).toBe(ground !== 'identity-unproved');
        expect(text).toContain('本次没有删除的记录');
        expect(text.includes('第四十七条第一款第一项')).toBe(
          ground === 'case-open' || ground === 'duty-running',
        );
      }),
      { numRuns: 6 },
    );
  });
});
