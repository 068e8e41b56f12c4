import { defineStream } from '../kernel/event/stream.ts';
import type { Rulebook } from '../procedure/index.ts';
import { applyPolicy, policySchemas } from './published-policy.ts';

/** The credit policies published for a topmost unit and all below it. */
export const creditPolicyStream = defineStream({
  kind: 'credit-policy',
  schemas: policySchemas,
  names: null,
  apply: applyPolicy,
  admission: null,
  sight: (state) => [state.unitPath],
  holdsBelow: (state) => state.unitPath,
  // A rule like the others, that units which join later get too; but no record is judged by it, only grades are given.
  learn: (rules: Rulebook): Rulebook => rules,
  writtenBy: { centreBut: [] },
  arrives: 'first',
  deltas: null,
  tasks: null,
  title: (state) => state.id,
  search: null,
  numberLetter: null,
  consumer: null,
});
