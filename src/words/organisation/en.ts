import type { Same } from '../same.ts';
import type * as zh from './zh-CN.ts';

export const level = {
  '1': 'shop',
  '2': 'mall',
  '3': 'circle',
  '4': 'district',
  other: 'level {{level}}',
} satisfies Same<typeof zh.level>;
