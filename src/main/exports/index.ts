export { loadTable } from './load-report.ts';
export { renderPdf } from './pdf.ts';
export { queueTable } from './queue-report.ts';
export { type Cell, type Column, markOf, type Report, type ReportTable, shanghaiMinute } from './report.ts';
export { comparisonTable, rollupTables } from './rollup-report.ts';
export { type CodeWord, codeWords } from './words.ts';
export { renderXlsx } from './xlsx.ts';
