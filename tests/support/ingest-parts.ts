import { createFollowers } from '../../src/central/followers.ts';
import type { IngestParts } from '../../src/central/kernel/ingest/append.ts';
import { createUnitCache } from '../../src/central/kernel/units.ts';
import { createConsumerMarks } from '../../src/central/repeats/index.ts';
import { CENTRE_KEY, type TestCentre } from './postgres.ts';

/** What a test's centre takes facts in with, for what one of its jobs does by itself. */
export async function ingestPartsOf({ centre: { database } }: TestCentre): Promise<IngestParts> {
  const followers = createFollowers(await createConsumerMarks(database));
  return { database, key: CENTRE_KEY, units: createUnitCache(), followers };
}
