import type { Same } from '../same.ts';
import type * as zh from './zh-CN.ts';

export const indicators = {
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
} satisfies Same<typeof zh.indicators>;
