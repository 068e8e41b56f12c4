import { type } from '@orpc/contract';
import { RollupQuery, type RollupUnit, type RollupView } from '../centre/rollup.ts';
import { unitAndBelow } from '../../domain/organisation/index.ts';
import { capable } from './base.ts';

export const rollup = {
  /** The units below the signed-in person's scope that may be looked at. */
  units: capable('rollup.read', unitAndBelow()).output(type<RollupUnit[]>()),
  /** From the centre, or the last copy when it cannot be reached; `stale` then says since when. */
  get: capable('rollup.read', unitAndBelow('path'))
    .input(RollupQuery)
    .output(type<{ view: RollupView; fetchedAt: string; stale: boolean }>()),
};
