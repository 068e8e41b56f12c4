export { addFirstAdministrator } from './accounts.ts';
