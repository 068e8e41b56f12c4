export { eraseOld, eraseRecord } from './erase.ts';
