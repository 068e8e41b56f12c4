import { describe, expect, test } from 'vitest';
import { renderAgreement } from '../../src/main/document/papers/agreement.ts';
import { verificationCode } from '../../src/domain/document/printed-code.ts';
import { AgreementDocument } from '../../src/main/document/papers/agreement-input.ts';
import { loadFonts, printable } from '../../src/main/document/papers/fonts.ts';
import { fontsOf, structureOf, textOf } from '../support/poppler.ts';

// Invented people, merchant and dispute.
const agreement: AgreementDocument = {
  instrument: 'administrative-mediation',
  number: '海市监调〔2026〕第12号',
  caseNumber: 'TY01-2026-000123',
  organisation: '天一商圈消费纠纷解决站',
  mediator: '周明',
  consumer: { name: '张三', phone: '13800000000', address: '宁波市海曙区药行街1号' },
  merchant: {
    name: '宁波某某服饰店',
    phone: '0574-80000000',
    address: '宁波市海曙区中山东路2号',
    contact: '李四',
    creditCode: null,
  },
  facts: { text: '甲方购买连衣裙后发现脱线，要求退货。', occurredOn: '2026-09-20', place: '天一广场' },
  disputedFen: 128_000,
  claims: ['退货', '退还货款和服务费用'],
  claimText: '并承担往返交通费。',
  terms: '1. 甲方退回连衣裙。\n2. 乙方退还货款。',
  amountFen: 133_050,
  performance: { kind: 'by', dueOn: '2026-10-12', manner: '按原支付渠道退款。' },
  agreedOn: '2026-09-28',
  lastEventHash: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
};

describe('the agreement', () => {
  test('says everything that was agreed, as text that can be read out of it', async () => {
    const text = await textOf(await renderAgreement(agreement));
    for (const part of [
      '行政调解书',
      '编号：海市监调〔2026〕第12号',
      '天一商圈消费纠纷解决站',
      '张三',
      '13800000000',
      '宁波市海曙区药行街1号',
      '宁波某某服饰店',
      '0574-80000000',
      '宁波市海曙区中山东路2号',
      '李四',
      '发生时间：2026年9月20日；发生地点：天一广场。',
      '争议金额：人民币1,280.00元。',
      '甲方购买连衣裙后发现脱线，要求退货。',
      '退货、退还货款和服务费用。',
      '并承担往返交通费。',
      '2.乙方退还货款。',
      '人民币（大写）壹仟叁佰叁拾元伍角整（小写：¥1,330.50）',
      '履行方式：按原支付渠道退款。',
      '履行期限：2026年10月12日前履行完毕（含当日）。',
      '一式三份',
      '甲方（消费者）签名',
      '乙方（经营者）签名',
      '调解员签名',
      '（印章）',
      '2026年9月28日',
      '案件编号：TY01-2026-000123',
      '校验码：6C15-B0F0-0A08',
      '第1页/共1页',
    ]) {
      expect(text).toContain(part);
    }
  });

  test('carries its Chinese fonts inside, as subsets with a way back to text', async () => {
    const bytes = await renderAgreement(agreement);
    const fonts = await fontsOf(bytes);
    expect(fonts).toHaveLength(2);
    for (const font of fonts) {
      expect(font.name).toContain('NotoSansSC');
      expect(font).toMatchObject({ embedded: true, subset: true, unicode: true });
    }
    expect(bytes.length).toBeLessThan(200_000);
  });

  test('is the same file for the same input, and another for another', async () => {
    const [first, second, third] = await Promise.all([
      renderAgreement(agreement),
      renderAgreement(agreement),
      renderAgreement({ ...agreement, amountFen: 133_051 }),
    ]);
    expect(Buffer.from(first).equals(Buffer.from(second))).toBe(true);
    expect(Buffer.from(first).equals(Buffer.from(third))).toBe(false);
  });

  test('cuts nothing of long texts, and numbers their pages', async () => {
    // Every sentence is different, so that a lost line cannot hide behind an equal one.
    const sentences = (count: number, what: string): string[] =>
      Array.from({ length: count }, (_, index) => `${what}第${index + 1}点说明如下，双方予以确认；`);
    const facts = sentences(180, '事实');
    const terms = sentences(180, '协议');
    const text = await textOf(
      await renderAgreement({
        ...agreement,
        consumer: { ...agreement.consumer, address: '很长的地址'.repeat(40) },
        merchant: { ...agreement.merchant, name: '很长的名称'.repeat(32), address: '另一个地址'.repeat(60) },
        organisation: '很长的单位'.repeat(24),
        facts: { ...agreement.facts, text: facts.join('') },
        terms: terms.join('\n'),
      }),
    );
    const pages = Number(/第1页\/共(\d+)页/.exec(text)?.[1]);
    expect(pages).toBeGreaterThan(3);
    expect(text.match(/校验码：6C15-B0F0-0A08/g)).toHaveLength(pages);
    const body = text.replaceAll(/案件编号：TY01-2026-000123校验码：6C15-B0F0-0A08第\d+页\/共\d+页/g, '');
    expect(body).toContain(facts.join(''));
    expect(body).toContain(terms.join(''));
    expect(body).toContain('很长的地址'.repeat(40));
    expect(body).toContain('另一个地址'.repeat(60));
    expect(body.split('很长的单位').length - 1).toBe(3 * 24);
  });

  test.each<[AgreementDocument['instrument'], string]>([
    ['settlement-agreement', '消费纠纷和解协议书'],
    ['administrative-mediation', '行政调解书'],
    ['mediation-record', '消费争议调解笔录'],
  ])('%s has its own title', async (instrument, title) => {
    expect(await textOf(await renderAgreement({ ...agreement, instrument }))).toContain(title);
  });

  test('says so when nothing is paid, and when it is done at once', async () => {
    const text = await textOf(
      await renderAgreement({ ...agreement, amountFen: 0, performance: { kind: 'at-once' } }),
    );
    expect(text).toContain('本协议不涉及金钱给付。');
    expect(text).toContain('履行方式：双方签字时当场履行。');
    expect(text).not.toContain('大写');
  });

  test('has no QR code, for the register does not know its code, and cleans what cannot be seen', async () => {
    const fonts = await loadFonts('张三');
    expect(printable('张三\r\n李四\t「」¥\u0007', fonts)).toBe('张三\n李四 「」¥');
    const { structure } = await structureOf(await renderAgreement(agreement));
    expect(structure).not.toContain('Figure');
  });

  test('is refused when it is not complete', async () => {
    await expect(renderAgreement({ ...agreement, terms: ' ' })).rejects.toThrow(/terms/);
    await expect(renderAgreement({ ...agreement, lastEventHash: 'abc' })).rejects.toThrow(/lastEventHash/);
    expect(AgreementDocument.safeParse({ ...agreement, amountFen: 0.5 }).success).toBe(false);
  });
});

test('the verification code is the end of the hash', () => {
  expect(verificationCode(agreement.lastEventHash)).toBe('6C15-B0F0-0A08');
});
