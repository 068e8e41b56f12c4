import { id, today, type Inputs } from '../input-values.ts';

export const inputs: Inputs<'documents'> = {
  documents: {
    agreement: { caseId: id },
    forCase: { caseId: id },
    preview: { caseId: id, kind: 'receipt', fields: {} },
    issue: { caseId: id, documentId: id, kind: 'receipt', fields: {} },
    file: { caseId: id, documentId: id, variant: 'issued' },
    toSign: { caseId: id, documentId: id },
    sign: { manner: 'on-paper', caseId: id, documentId: id, signers: ['consumer'], signedOn: today },
    verify: { number: '甬海消调〔2026〕1号' },
    numbers: undefined,
  },
};
