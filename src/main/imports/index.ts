export { decideDateOrder, readDay } from './reading/days.ts';
export { importMessage } from './reading/messages.ts';
export { readTable, type Table, type TableRow } from './reading/table.ts';
