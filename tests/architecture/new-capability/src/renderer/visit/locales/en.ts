import type * as chinese from './zh-CN.ts';

export default {
  title: 'Visits',
  label: 'List of visits',
  total: '{{total}} in all',
  search: 'Search visits',
  searchHint: 'Shop, pinyin initials, what was found',
  shop: 'Shop',
  note: 'What was found',
  by: 'By',
  unit: 'Unit',
  at: 'When',
  empty: 'No visits yet',
  emptyText: 'Once a shop has been visited, it stands here.',
  noneFound: 'No visit matches',
  noneFoundText: 'Try another word, or clear the filters.',
  clear: 'Clear filters',
} satisfies typeof chinese.default;

/** Words for the rules of this room alone, among those of all rooms. */
export const rules = {
  'visit-exists': 'This visit is recorded already',
} satisfies typeof chinese.rules;
