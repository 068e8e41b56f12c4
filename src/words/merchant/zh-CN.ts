/** What a promise says, on its card and wherever it is read. */
export const promise = {
  title: '无理由退货承诺',
  start: {
    'purchase-day': '自购买当日起算（购买当日为第一天）',
    'day-after': '自购买次日起算（购买次日为第一天）',
    'signed-next-day': '自签收次日起算（送货商品签收次日为第一天）',
  },
  labels: {
    goods: '适用商品',
    excluded: '除外商品',
    conditions: '退货条件',
    gift: '赠品',
    freight: '运费',
    group: '异店退货',
  },
  allGoods: '全部商品，法律规定不宜退货的除外',
  excludedNone: '无',
  intact: '商品完好；开箱查验、合理试用不影响完好；凭证遗失的由双方协商',
  conditions: '商品完好；{{conditions}}',
  gift: {
    returned: '随商品退回，不得仅以赠品为由拒绝退货',
    charged: '不退的按事先标明的价格计，不得仅以赠品为由拒绝退货',
  },
  freight: { consumer: '由消费者承担', merchant: '由商户承担' },
  group: '“{{name}}”各店均可退：{{shops}}',
  earlier: '承诺变更、终止前购买的，仍按购买当日的承诺办理。',
};
