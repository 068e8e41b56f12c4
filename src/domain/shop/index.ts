export { hoursToRefund, sheetOf, type ShopFigures } from './sheet.ts';
