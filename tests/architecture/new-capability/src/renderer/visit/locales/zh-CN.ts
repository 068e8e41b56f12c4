export default {
  title: '走访',
  label: '走访列表',
  total: '共 {{total}} 次',
  search: '查找走访',
  searchHint: '店铺、拼音首字母、情况',
  shop: '店铺',
  note: '情况',
  by: '走访人',
  unit: '单位',
  at: '时间',
  empty: '还没有走访',
  emptyText: '走访店铺之后，记录会出现在这里。',
  noneFound: '没有符合的走访',
  noneFoundText: '换一个词，或清除筛选。',
  clear: '清除筛选',
};

/** Words for the rules of this room alone, among those of all rooms. */
export const rules = {
  'visit-exists': '这次走访已经记录过',
};
