export { noticeWithin } from './live.ts';
