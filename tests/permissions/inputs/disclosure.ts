import { id, type Inputs } from '../input-values.ts';

export const inputs: Inputs<'disclosures'> = { disclosures: { get: { id } } };
