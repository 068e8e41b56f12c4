import { z } from 'zod';

export const ADMIN_TOKEN = 'demonstration-administrator-token';

/** What a centre's process is told. */
export const Order = z.discriminatedUnion('order', [
  z.object({ order: z.literal('day'), day: z.int().nullable() }),
  z.object({ order: z.literal('job'), name: z.string() }),
  z.object({ order: z.literal('stop') }),
]);
export type Order = z.infer<typeof Order>;

/** What it answers. */
export const Told = z.discriminatedUnion('told', [
  z.object({ told: z.literal('listening'), url: z.string() }),
  z.object({ told: z.literal('day-set') }),
  z.object({ told: z.literal('job-done') }),
]);
export type Told = z.infer<typeof Told>;
