import { rollupDeltas } from '../../domain/streams.ts';
import type { Follower } from '../kernel/ingest/follower.ts';
import { createDeltaSum } from './sum.ts';
import { deltaStatements, prepareDeltas } from './write.ts';

/** Adds to the counters of the unit and every unit above what each accepted fact adds. */
export const addUp: Follower = {
  name: 'roll-up',
  follow: ({ changes }) => {
    const sum = createDeltaSum();
    for (const { before, event, after, context } of changes)
      sum.add(rollupDeltas(before, event, after, context));
    return deltaStatements(prepareDeltas(sum));
  },
};
