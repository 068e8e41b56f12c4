import { z } from 'zod';

/**
 * What a release left behind, to be held against later ones: its database as JSON, and what its workstations asked
 * afterwards with the answers it gave. `tools/upgrade-test/record-release.ts` makes it.
 */
export const RecordedRelease = z.object({
  release: z.string(),
  /** Steps of the centre's schema that the release knew. */
  schema: z.int(),
  /** Rows by table, in the order in which they can be written back. */
  tables: z.array(z.object({ name: z.string(), rows: z.array(z.record(z.string(), z.unknown())) })),
  devices: z.record(
    z.string(),
    z.object({ deviceId: z.string(), unitPath: z.string(), publicKey: z.string(), privateKey: z.string() }),
  ),
  exchanges: z.array(
    z.object({
      device: z.string(),
      method: z.string(),
      path: z.string(),
      body: z.unknown(),
      status: z.int(),
      answer: z.unknown(),
    }),
  ),
});
export type RecordedRelease = z.infer<typeof RecordedRelease>;
export type RecordedExchange = RecordedRelease['exchanges'][number];
