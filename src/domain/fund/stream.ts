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
  admission: null,
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
  admission: null,
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
