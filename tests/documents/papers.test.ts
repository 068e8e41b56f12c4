import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DocumentKind } from '../../src/domain/document/kinds.ts';
import { verificationCode } from '../../src/domain/document/printed-code.ts';
import { renderPaper } from '../../src/main/document/papers/draw-paper.ts';
import { papers } from '../../src/main/document/papers/papers.ts';
import { contentHash } from '../../src/main/document/document-facts.ts';
import { factsFor } from '../support/document-facts.ts';
import { fontsOf, pagesOf, pngOfPage, textOf } from '../support/poppler.ts';

/** What each document must say, by the rule or the practice named in the domain's notes. */
const SAYS: Record<DocumentKind, string[]> = {
  receipt: ['材料收据', '购物小票复印件一份', '聊天记录截图五页', '张三'],
  'identity-notice': ['身份证明', '2026年3月17日', '张三'],
  'acceptance-notice': ['受理', '宁波虚构服饰有限公司', 'HS-2026-1-0007'],
  'refusal-notice': ['不予受理', '第十六条', '三年', '购物小票日期为2021年5月'],
  'mediation-notice': ['调解', '14:30', '三楼调解室', '2026年3月12日'],
  'mediation-record': ['调解笔录', '大面积掉色', '640'],
  'termination-notice': ['终止调解', '第二十三条', '经营者明确表示不同意退款'],
  'settlement-agreement': ['和解', '1,330.50', '2026年3月31日', '按原支付渠道退款'],
  'mediation-agreement': ['行政调解', '1,330.50', '2026年3月31日', '按原支付渠道退款'],
  'peoples-mediation-agreement': ['人民调解', '天一商圈人民调解委员会', '主要责任', '司法确认'],
  dossier: ['卷宗', '大面积掉色', '达成协议'],
};

async function render(kind: DocumentKind, draft = false): Promise<{ bytes: Uint8Array; code: string }> {
  const paper = papers[kind](factsFor(kind));
  const hash = contentHash(paper);
  const bytes = await renderPaper(paper, { contentHash: hash, draft, signatures: [], signedOn: null });
  return { bytes, code: verificationCode(hash) };
}

describe.each(DocumentKind.options)('the %s', (kind) => {
  /** The paper both cases look at; nothing changes it. */
  let made: ReturnType<typeof render> | undefined;
  const first = (): ReturnType<typeof render> => (made ??= render(kind));

  it('is a PDF whose Chinese text is found, whose fonts are embedded, and whose pages are not empty', async () => {
    const { bytes, code } = await first();
    const text = await textOf(bytes);
    for (const words of SAYS[kind]) expect(text).toContain(words);
    expect(text).toContain('甬海市监调〔2026〕第0012号');
    expect(text).toContain(code);
    const fonts = await fontsOf(bytes);
    expect(fonts.length).toBeGreaterThan(0);
    expect(fonts.filter((font) => !font.embedded)).toEqual([]);
    expect(fonts.map((font) => font.name).join()).toContain('NotoSansSC');
    for (const page of await pagesOf(bytes)) {
      // A4 at 50 dots an inch, written on, and not black.
      expect([page.width, page.height]).toEqual([414, 585]);
      expect(page.inked).toBeGreaterThan(0.004);
      expect(page.inked).toBeLessThan(0.5);
    }
    const picture = await pngOfPage(bytes, 1);
    expect(Buffer.from(picture.subarray(1, 4)).toString()).toBe('PNG');
    // To be looked at: DOCUMENT_PICTURES names a folder to keep them in.
    const keep = process.env['DOCUMENT_PICTURES'];
    if (keep) {
      await mkdir(keep, { recursive: true });
      await writeFile(join(keep, `${kind}.png`), picture);
    }
  });

  it('is the same file each time, and a preview says that it is one', async () => {
    const once = await first();
    const again = await render(kind);
    expect(Buffer.from(once.bytes).equals(Buffer.from(again.bytes))).toBe(true);
    const draft = await render(kind, true);
    expect(Buffer.from(once.bytes).equals(Buffer.from(draft.bytes))).toBe(false);
    expect(await textOf(draft.bytes)).toMatch(/预览|样张|草稿/);
    expect(await textOf(once.bytes)).not.toMatch(/预览|样张|草稿/);
  });
});
