import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CONSENT_ITEMS } from '../../src/domain/finance/index.ts';
import {
  type ConsentPaper,
  drawConsent,
  drawWhitelistNotice,
} from '../../src/main/document/papers/consent-paper.ts';
import { faultsOf, pagesOf, plainTextOf, pngOfPage } from '../support/poppler.ts';

const SHOW = process.env['HESHI_SHOW_PAPERS'];
const squeezed = (text: string): string => text.replaceAll(/\s/g, '');

const paper: ConsentPaper = {
  consentId: '0199c1d2-0000-7000-8000-00abcdef1234.7000800000abcdef12345678',
  terms: {
    merchantId: '0199c1d2-0000-7000-8000-00abcdef1234',
    merchantPath: '/HS/C1/M01/S001',
    merchantName: '宁波虚构服饰有限公司天一店',
    recipient: { unitPath: '/HS/B01', name: '合作银行', contact: '0574-00000000，客户经理柜台' },
    items: ['grade', 'qualification', 'standing-records', 'source-resolution', 'whitelist'],
    purpose: '申请海个贷的资格审查和贷后管理',
    manner: 'asked-of-centre',
    from: '2026-11-20',
    until: '2027-05-19',
  },
  signer: { name: '王虚构', position: '经营者', idTail: '123X', capacity: 'operator', authority: null },
  provider: '海曙区（虚构）',
  organisation: '天一商圈银泰百货（虚构）',
  day: '2026-11-20',
  ink: null,
  draft: true,
  revokedOn: null,
};
const INK = { width: 300, height: 100, strokes: [[10, 50, 60, 20, 110, 70, 160, 30, 240, 60]] };

async function show(name: string, bytes: Uint8Array): Promise<void> {
  if (SHOW === undefined) return;
  await mkdir(SHOW, { recursive: true });
  await writeFile(join(SHOW, `${name}.png`), await pngOfPage(bytes, 1));
}

describe('the paper of a consent', () => {
  it('says who is told what, why, how, until when, and how it is taken back, on one page', async () => {
    const { number, bytes } = await drawConsent(paper);
    await show('consent-draft', bytes);
    const text = squeezed(await plainTextOf(bytes));
    for (const said of [
      number,
      '合作银行',
      '0574-00000000',
      '自2026年11月20日起至2027年5月19日止',
      '随时撤回',
      '第十六条',
      '1.信用等级及评定月份',
      '申请海个贷的资格审查和贷后管理',
      '证件号码后四位：123X',
      '授权方签名',
    ])
      expect(text).toContain(squeezed(said));
    for (const other of ['信用分值及扣分原因', '统一社会信用代码']) expect(text).not.toContain(other);
    expect(await faultsOf(bytes)).toBe('');
    expect(await pagesOf(bytes)).toHaveLength(1);
    // The same input gives the same bytes.
    expect((await drawConsent(paper)).bytes).toEqual(bytes);
  });

  it('has the signature in its place, and says when it was taken back', async () => {
    const signed = await drawConsent({ ...paper, ink: INK, draft: false });
    await show('consent-signed', signed.bytes);
    expect(signed.bytes).not.toEqual((await drawConsent({ ...paper, draft: false })).bytes);
    expect(await faultsOf(signed.bytes)).toBe('');
    const agent = { ...paper.signer, capacity: 'agent' as const, authority: '授权委托书，2026年11月1日' };
    const revoked = await drawConsent({ ...paper, signer: agent, draft: false, revokedOn: '2026-12-01' });
    await show('consent-revoked', revoked.bytes);
    const text = squeezed(await plainTextOf(revoked.bytes));
    expect(text).toContain('授权依据：授权委托书');
    expect(text).toContain('本授权已于2026年12月1日由授权方撤回');
  });

  it('keeps text and signatures together, however much is consented to', async () => {
    const long = {
      ...paper,
      terms: { ...paper.terms, items: CONSENT_ITEMS.slice(0, -1), purpose: '审查'.repeat(140) },
    };
    const { bytes } = await drawConsent(long);
    await show('consent-long', bytes);
    expect(await faultsOf(bytes)).toBe('');
    expect((await pagesOf(bytes)).length).toBeLessThanOrEqual(2);
  });
});

it('a notice of the whitelist says each reason', async () => {
  const bytes = await drawWhitelistNotice({
    number: 'W-00ABCDEF1234-20261120',
    merchantName: '宁波虚构服饰有限公司天一店',
    organisation: '天一商圈银泰百货（虚构）',
    day: '2026-11-20',
    change: {
      change: 'left',
      version: 1,
      on: '2026-11-20',
      reasons: [
        { rule: 'grade', has: 'D', needs: 'C' },
        { rule: 'listing', has: 'abnormal', needs: 'severe abnormal' },
        { rule: 'consent', has: null, needs: 'consent' },
      ],
      noticeOn: null,
    },
  });
  await show('whitelist-left', bytes);
  const text = squeezed(await plainTextOf(bytes));
  for (const said of ['不再列入信用金融白名单', '信用等级', '经营异常名录', '有效授权'])
    expect(text).toContain(said);
  expect(await faultsOf(bytes)).toBe('');
});
