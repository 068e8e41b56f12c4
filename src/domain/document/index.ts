export { type DocumentIssued, type DocumentSigned, documentSchemas } from './events.ts';
export type { IssuedDocument } from './issued.ts';
export { DocumentKind, SIGNERS } from './kinds.ts';
export { printedCode, readPrintedCode, type PrintedCode } from './printed-code.ts';
