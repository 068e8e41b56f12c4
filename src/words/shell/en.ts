import type { Same } from '../same.ts';
import type * as zh from './zh-CN.ts';

export const failure = {
  title: 'Heshi could not start',
  inUse:
    'Heshi is already open on this computer. Close the other one, or the browser it runs in, and start again.',
  inUseBy: 'It is held by process {{holder}}.',
  full: 'The disk is full. Nothing that was saved is lost. Free some space and start again.',
  io: 'The disk cannot be read or written, and the data folder does not open. Check the disk and its connection and start again; no file was changed.',
  denied:
    'The data folder may not be written. Nothing that was saved is lost. Ask your administrator to restore the right to write it and start again.',
  other:
    'Something unexpected failed; no file was changed. Start again; if this returns, tell your administrator:',
} satisfies Same<typeof zh.failure>;
