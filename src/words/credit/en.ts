import type { Same } from '../same.ts';
import type * as zh from './zh-CN.ts';

export const grade = { A: 'Excellent', B: 'Good', C: 'Fair', D: 'Poor', E: 'Bad' } satisfies Same<
  typeof zh.grade
>;

export const ofCategory = {
  enterprise: 'Enterprise',
  'individual-business': 'Individual business',
  'social-organisation': 'Social organisation',
  'other-operator': 'Other operator',
} satisfies Same<typeof zh.ofCategory>;

export const indicator = {
  'settled-at-source': 'Settled at source',
  'answered-in-time': 'First answer in time',
  'agreements-kept': 'Agreements kept',
  'regulator-spared': 'Not taken to the regulator',
  'returns-granted': 'Returns granted as promised',
  'priced-clearly': 'Priced clearly',
  award: 'Awards',
  'penalty-minor': 'Minor penalties',
  'penalty-ordinary': 'Ordinary penalties',
  'penalty-serious': 'Serious penalties',
  'listing-severe': 'On the severe dishonesty list',
  'listing-abnormal': 'On the list of abnormal operation',
} satisfies Same<typeof zh.indicator>;
