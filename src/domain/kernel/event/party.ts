import { z } from 'zod';

/** Whose a unit is: what may be done there, and what is counted as having reached the regulator, depend on it. */
export const Party = z.enum(['merchant', 'operator', 'regulator']);
export type Party = z.infer<typeof Party>;
