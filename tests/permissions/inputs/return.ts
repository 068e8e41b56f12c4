import { id, period, today, type Inputs } from '../input-values.ts';

const request = {
  goodsCategory: 'clothing' as const,
  goodsName: '大衣',
  purchasedOn: today,
  amountFen: 100,
  condition: 'intact' as const,
  proofType: 'receipt' as const,
  proofNumber: null,
  gift: 'none' as const,
  giftPriceFen: null,
  confirmedUnsuitable: false,
};

export const inputs: Inputs<'returns'> = {
  returns: {
    list: {},
    get: { id },
    reveal: { id, reason: '电话通知' },
    assess: { merchantId: id, request },
    request: { returnId: id, merchantId: id, consumer: { name: '张三', phone: null }, request },
    decide: {
      id,
      revision: 1,
      decision: { decision: 'refuse', payload: { ground: 'other', text: '已使用' } },
    },
    between: period,
    settle: { id, revision: 1, paidOn: today, reference: '转账 0001' },
    unsettle: { id, revision: 1, undoneOn: today, reason: '记错' },
    resolve: { id, revision: 1, caseId: id, outcome: 'withdrawn', agreedFen: null },
    note: { id, revision: 1, concern: 'other', facts: '三次购买后退回', evidence: '小票' },
    dispute: { id, revision: 1, caseId: id, consumerPhone: '10012345678', facts: '不予退货' },
  },
};
