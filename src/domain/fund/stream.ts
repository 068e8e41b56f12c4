import { refusalIfOutside } from '../kernel/event/admission.ts';
import { defineStream } from '../kernel/event/stream.ts';
import { fundDeltas } from './deltas.ts';
import { fundSchemas } from './events.ts';
import { applyFund, fundSight } from './fund.ts';
import { applyInsurance, insuranceSchemas, insuranceSight } from './insurance.ts';

/** A circle's fund for advance compensation. */
export const fundStream = defineStream({
  kind: 'fund',
  schemas: fundSchemas,
  names: { 'fund-opened': ['name'], 'fund-deposited': ['payer'] },
  apply: applyFund,
  admission: {
    people: () => [],
    records: () => [],
    // Whether a unit can have a fund or a policy is asked once, when it is to have it.
    refusal: (before, _fact, { unitPath }, context) =>
      before === undefined ? refusalIfOutside(unitPath, 'unitPath', context) : null,
  },
  sight: fundSight,
  holdsBelow: null,
  learn: null,
  writtenBy: 'anyone',
  arrives: 'as-record',
  deltas: fundDeltas,
  tasks: null,
  title: (state) => state.name,
  search: null,
  numberLetter: null,
  consumer: null,
});

/** A policy of return insurance. */
export const insuranceStream = defineStream({
  kind: 'insurance',
  schemas: insuranceSchemas,
  names: { 'policy-taken': ['insurer'] },
  apply: applyInsurance,
  admission: {
    people: () => [],
    records: () => [],
    refusal: (before, _fact, { unitPath }, context) =>
      before === undefined ? refusalIfOutside(unitPath, 'unitPath', context) : null,
  },
  sight: insuranceSight,
  holdsBelow: null,
  learn: null,
  writtenBy: 'anyone',
  arrives: 'as-record',
  deltas: null,
  tasks: null,
  title: (state) => state.number,
  search: null,
  numberLetter: null,
  consumer: null,
});
