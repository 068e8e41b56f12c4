export { endExpired } from './expire.ts';
