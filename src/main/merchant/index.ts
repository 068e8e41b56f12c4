export { familyOf } from './family.ts';
