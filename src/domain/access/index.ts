export { AccessAction, type AccessMade, type AccessState } from './access.ts';
