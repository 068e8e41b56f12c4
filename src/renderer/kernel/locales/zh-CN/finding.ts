export default {
  elsewhere: {
    title: '其他单位',
    facts:
      '近 {{days}} 天，本工作站看不到的单位：纠纷 {{cases}} 件，涉及商户 {{merchants}} 家，诉求合计 {{claimed}}；退货 {{returns}} 件。',
    none: '近 {{days}} 天，本工作站看不到的单位没有该消费者的记录。',
    list: '其他单位的纠纷',
    sameMerchant: '同一商户',
    otherMerchant: '其他商户',
    more: '仅列出最近的 {{shown}} 件',
    outcome: {
      open: '处理中',
      agreed: '达成协议',
      'not-agreed': '未达成协议',
      'not-accepted': '未受理',
      withdrawn: '已撤回',
    },
    offline: '其他单位的记录尚未查询：现在连不上中心，恢复后自动查询。',
    'too-often': '其他单位的记录尚未查询：本工作站查询次数已达上限，约 {{minutes}} 分钟后自动查询。',
    refused: '其他单位的记录尚未查询：中心没有受理本次查询。',
    privacy: '查询只发送号码的加密标记，不发送号码；每次查询都有记录。',
  },
  undo: {
    leaves: '{{until}} 前可撤销（还有 {{seconds}} 秒），之后只能更正',
    held: '尚未离开本工作站，可随时撤销',
  },
  keys: {
    primary: '下一步（案件页）；保存（表单中）',
    more: '案件页：更多步骤',
    issue: '案件页：出具文书',
    undo: '案件页：撤销刚才的步骤',
  },
  rebuild: {
    text: '正在为较早的案件补建金额索引，不影响使用；完成之前，按金额可能找不到较早的案件。',
    label: '补建索引进度',
  },
};
