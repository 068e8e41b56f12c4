export { type DocumentIssued, type DocumentSigned, documentSchemas, Sha256 } from './events.ts';
export type { IssuedDocument } from './issued.ts';
export { DocumentKind, SIGNERS } from './kinds.ts';
export {
  plainNumber,
  PUBLIC_PATH,
  publicCardAddress,
  publicPaperAddress,
  printedCode,
  readPrintedCode,
  type PrintedCode,
  verdictOn,
  verificationCode,
} from './printed-code.ts';
