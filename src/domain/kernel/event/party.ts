import { z } from 'zod';

/** Which of the three parties a unit belongs to. What may be done there, and what counts as having reached the regulator, depend on it. */
export const Party = z.enum(['merchant', 'operator', 'regulator']);
export type Party = z.infer<typeof Party>;
