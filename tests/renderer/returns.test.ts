import { describe, expect, it } from 'vitest';
import { emptyReturn, requestOf, returnOf, ReturnValues } from '../../src/renderer/return/values.ts';

const ID = '01920000-0000-7000-8000-000000000001';
const filled = {
  ...emptyReturn('merchant-1'),
  goodsCategory: 'jewellery',
  goodsName: ' 金戒指 ',
  purchasedOn: '2026-11-20',
  amountFen: 1_500_000,
  condition: 'intact',
  proofType: 'receipt',
  proofNumber: ' 88 ',
  consumerName: '王小明',
} as const;

/** The rules that the form refuses values with, by field. */
function rules(values: unknown): Record<string, string> {
  const parsed = ReturnValues.safeParse(values);
  return Object.fromEntries(
    (parsed.error?.issues ?? []).map((issue) => [issue.path.join('.'), issue.message]),
  );
}

describe('the form of a new return', () => {
  it('names what is missing', () => {
    expect(rules(emptyReturn(null))).toEqual({
      merchantId: 'required',
      goodsCategory: 'required',
      goodsName: 'required',
      purchasedOn: 'required',
      amountFen: 'required',
      condition: 'required',
      proofType: 'required',
      consumerName: 'required',
    });
  });

  it('refuses what was typed and could not be read, and keeps it', () => {
    expect(
      rules({
        ...filled,
        purchasedOn: '前前天',
        amountFen: '很多',
        giftPriceFen: '不少',
        consumerPhone: '12',
      }),
    ).toEqual({
      purchasedOn: 'day-unreadable',
      amountFen: 'amount-unreadable',
      giftPriceFen: 'amount-unreadable',
      consumerPhone: 'phone-invalid',
    });
  });

  it('asks for a verdict before name, amount and consumer are there', () => {
    const early = { ...filled, goodsName: '', amountFen: null, consumerName: '' };
    expect(requestOf(early)).toMatchObject({
      goodsCategory: 'jewellery',
      purchasedOn: '2026-11-20',
      amountFen: 0,
    });
    expect(returnOf(ID, early)).toBeNull();
    expect(requestOf({ ...filled, condition: null })).toBeNull();
    expect(requestOf({ ...filled, purchasedOn: '昨天吧' })).toBeNull();
  });

  it('drops what no longer applies: a proof number without proof, the price of a gift that is not kept', () => {
    expect(requestOf({ ...filled, proofType: 'none' })?.proofNumber).toBeNull();
    expect(requestOf({ ...filled, gift: 'returned', giftPriceFen: 900 })?.giftPriceFen).toBeNull();
    expect(requestOf({ ...filled, gift: 'kept', giftPriceFen: 900 })?.giftPriceFen).toBe(900);
  });

  it('makes the return that the contract takes', () => {
    expect(returnOf(ID, filled)).toEqual({
      returnId: ID,
      merchantId: 'merchant-1',
      consumer: { name: '王小明', phone: null },
      request: {
        goodsCategory: 'jewellery',
        goodsName: '金戒指',
        purchasedOn: '2026-11-20',
        amountFen: 1_500_000,
        condition: 'intact',
        proofType: 'receipt',
        proofNumber: '88',
        gift: 'none',
        giftPriceFen: null,
        confirmedUnsuitable: false,
      },
    });
  });
});
