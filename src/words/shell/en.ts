import type { Same } from '../same.ts';
import type * as zh from './zh-CN.ts';

export const failure = {
  title: 'Heshi could not start',
  inUse:
    'Heshi is already open on this computer. Close the other one, or the browser it runs in, and start again.',
  full: 'The disk is full. Nothing that was saved is lost. Free some space and start again.',
  other: 'Nothing that was saved is lost. Start again; if this returns, tell your administrator:',
} satisfies Same<typeof zh.failure>;
