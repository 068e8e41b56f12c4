import type { AnyState } from '../../domain/streams.ts';
import type { Follower } from '../kernel/ingest/follower.ts';
import { createGathering } from './gather.ts';
import { merchantStatements } from './merchants.ts';
import { recordStatements } from './records.ts';
import { gatheredStatements } from './write.ts';

/** Keeps what a batch says of merchants: each observation, the counts by month, and who is to be graded. */
export const observeMerchants: Follower = {
  name: 'credit',
  follow: ({ changes, streams }) => {
    const gathering = createGathering();
    const touched = new Map<string, AnyState>();
    for (const { event, before, after, context } of changes) {
      gathering.add(before, event, after, context);
      if (after.kind !== 'merchant' && after.kind !== 'credit' && after.kind !== 'sanction') continue;
      const key = `${after.kind}:${after.state.id}`;
      touched.set(key, streams.get(key)?.state ?? after);
    }
    return [
      ...gatheredStatements(gathering),
      ...merchantStatements(touched.values()),
      ...recordStatements(touched.values()),
    ];
  },
};
