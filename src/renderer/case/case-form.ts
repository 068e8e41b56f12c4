import type { DefaultValues } from 'react-hook-form';
import type { z } from 'zod';
import { RegisterCase } from '../../contract/workstation/case.ts';

/** What the form checks before it asks the workstation: the contract's own schema. The case's id is its draft's. */
export const CaseFormSchema = RegisterCase.omit({ caseId: true });
export type CaseForm = z.input<typeof CaseFormSchema>;

/** An empty form. */
export function emptyCase(): DefaultValues<CaseForm> {
  return {
    consumer: { name: '', phone: '', address: '' },
    merchant: { merchantId: null, name: '', contact: '', phone: '', address: '' },
    facts: { text: '', occurredOn: '', place: '' },
    // Chosen, never assumed: the category is what the roll-up counts by.
    category: { object: undefined, problem: undefined },
    amountFen: null,
    claims: [],
    claimText: '',
    consents: { publication: false, delegatedMediation: true },
    source: 'walk-in',
    returnId: null,
  };
}
