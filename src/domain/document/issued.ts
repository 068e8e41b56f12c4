import type { DocumentIssued, DocumentSigned } from './events.ts';

/** A document of a case as its stream knows it. */
export type IssuedDocument = DocumentIssued & {
  unitPath: string;
  issuedAt: string;
  issuedBy: string;
  signed: (Omit<DocumentSigned, 'documentId'> & { at: string; by: string }) | null;
};
