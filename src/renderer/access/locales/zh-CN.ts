import { action, paper, room } from '../../../words/access/zh-CN.ts';

export default {
  actions: action,
  papers: paper,
  rooms: room,
  title: '个人信息查看记录',
  nav: '查看记录',
  label: '个人信息查看记录列表',
  total: '共 {{total}} 条',
  hint: '本单位和直接下级单位的工作站上，谁在何时、何处、因何查看、打印或导出了个人信息。记录一经形成不能更改。',
  at: '时间',
  by: '人员',
  unit: '单位',
  action: '操作',
  record: '查看对象',
  what: '内容',
  reason: '查看原因',
  noReason: '—',
  person: '人员',
  anyone: '所有人员',
  allUnits: '本单位及直接下级',
  from: '起始日期',
  to: '截止日期',
  empty: '还没有查看记录',
  emptyText: '有人查看、打印或导出个人信息之后，记录会出现在这里。',
  noneFound: '没有符合条件的记录',
  noneFoundText: '更换人员、单位或日期，或清除筛选。',
  clear: '清除筛选',
};

/** Words for the rules of this room alone, among those of all rooms. */
export const rules = {
  'access-exists': '这条查看记录已经存在',
};
