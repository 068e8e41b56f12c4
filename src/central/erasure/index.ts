export { eraseGranted, eraseOld, eraseRecord } from './erase.ts';
