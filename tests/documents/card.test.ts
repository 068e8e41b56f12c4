import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readPrintedCode } from '../../src/domain/document/index.ts';
import {
  cardContent,
  cardNumber,
  readCardNumber,
  type MerchantCommitment,
} from '../../src/domain/merchant/index.ts';
import { GoodsCategory } from '../../src/domain/return/index.ts';
import { drawPromiseCard } from '../../src/main/document/papers/draw-card.ts';
import { cardCode } from '../../src/protocol/card-code.ts';
import { readQrCodes } from '../../src/main/document/read-qr.ts';
import { faultsOf, fontsOf, pngOfPage, textOf } from '../support/poppler.ts';

const merchant = { id: '0199c1d2-0000-7000-8000-00abcdef1234', name: '宁波虚构服饰有限公司天一店' };
const plain: MerchantCommitment = {
  commitmentId: 'c1',
  version: 2,
  windowDays: 7,
  windowStartsNextDay: true,
  startRule: 'day-after',
  goods: null,
  excludedGoods: ['underwear', 'cosmetics'],
  conditions: null,
  giftRule: 'charged',
  freightRule: 'consumer',
  group: null,
  effectiveFrom: '2026-03-10',
  effectiveTo: null,
  note: null,
};
/** As much as a promise can say. */
const shops = Array.from({ length: 30 }, (_, index) => ({
  merchantId: `m${index}`,
  name: `虚构连锁服饰第${index + 1}分店`,
  unitPath: '/HS/C1/M01',
}));
const full: MerchantCommitment = {
  ...plain,
  windowDays: 365,
  startRule: 'signed-next-day',
  goods: [...GoodsCategory.options],
  excludedGoods: [...GoodsCategory.options].slice(1),
  conditions: '吊牌未拆，包装完好，附带购物小票原件。'.repeat(20),
  giftRule: 'returned',
  freightRule: 'merchant',
  group: { name: '虚构服饰联盟', shops },
};

/** Where the centre of such a card has its public pages. */
const PUBLIC = { publicUrl: 'https://heshi.example.org', publicCode: '0123456789ABCDEFGHJK' };

describe('the card of a promise', () => {
  it.each([
    ['plain', plain, 'A4', [595, 842], null],
    ['full', full, 'A5', [420, 595], PUBLIC],
  ] as const)(
    '%s on %s is one page that says all, and its QR code is read from a picture of it',
    async (name, commitment, size, points, leads) => {
      const { number, bytes } = await drawPromiseCard(
        { merchant, commitment, confirmedBy: '第一商场', leads },
        size,
      );
      const text = await textOf(bytes);
      const said = [
        '无理由退货承诺',
        String(commitment.windowDays),
        merchant.name,
        '第一商场确认',
        number,
        '2026-03-10',
      ];
      for (const words of said) expect(text).toContain(words);
      for (const words of commitment.group?.shops ?? []) expect(text).toContain(words.name);
      expect(text).toContain((commitment.conditions ?? '商品完好').slice(0, 20));
      expect(await faultsOf(bytes)).toBe('');
      expect((await fontsOf(bytes)).every(({ embedded }) => embedded)).toBe(true);
      const head = Buffer.from(bytes).toString('latin1');
      const [, width, height] = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(head) ?? [];
      expect([Math.round(Number(width)), Math.round(Number(height))]).toEqual(points);
      expect(head.match(/\/Type \/Page\b/g)).toHaveLength(1);
      const picture = await pngOfPage(bytes, 1, 150);
      const [printed] = (await readQrCodes(Buffer.from(picture))).map(readPrintedCode);
      expect(printed).toEqual(cardCode(merchant.id, commitment));
      // To be looked at: DOCUMENT_PICTURES names a folder to keep them in.
      const keep = process.env['DOCUMENT_PICTURES'];
      if (keep) {
        await mkdir(keep, { recursive: true });
        await writeFile(join(keep, `card-${name}-${size}.png`), picture);
      }
    },
  );

  it('has a number that leads to the merchant and the version, and a code of all that it says', () => {
    expect(cardNumber(merchant.id, 2)).toBe('P-00ABCDEF1234-2');
    expect(readCardNumber(' p-00abcdef1234-2 ')).toEqual({ idEnd: '00abcdef1234', version: 2 });
    for (const other of ['HS-2026-1-0007', 'P-00ABCDEF1234', 'P-00ABCDEF123G-2'])
      expect(readCardNumber(other)).toBeNull();
    const content = cardContent(merchant.id, plain);
    // When it ended, and who confirmed it, stand on no card.
    const hand = { staffId: 's', name: '张三', unitPath: '/HS', at: '2026-03-10T02:00:00.000Z' };
    expect(cardContent(merchant.id, { ...plain, effectiveTo: '2026-05-01', confirmed: hand })).toBe(content);
    for (const change of [
      { windowDays: 8 },
      { startRule: 'purchase-day' },
      { goods: ['clothing'] },
      { version: 3 },
    ])
      expect(cardContent(merchant.id, { ...plain, ...(change as Partial<MerchantCommitment>) })).not.toBe(
        content,
      );
    expect(cardContent('other', plain)).not.toBe(content);
  });
});
