import { defineStream } from '../kernel/event/stream.ts';
import { recordsOfAlliance, refusalOfAlliance } from './admission.ts';
import { allianceSight, applyAlliance } from './alliance.ts';
import { allianceCheckSight, applyAllianceCheck, CHECKS_BY_PEOPLE } from './check.ts';
import { allianceCheckDeltas, allianceDeltas } from './deltas.ts';
import { allianceCheckSchemas, allianceSchemas } from './events.ts';

/** A shop's place in the alliance, with its discounts. */
export const allianceStream = defineStream({
  kind: 'alliance',
  schemas: allianceSchemas,
  names: { 'alliance-joined': ['merchantName'] },
  apply: applyAlliance,
  admission: { people: () => [], records: recordsOfAlliance, refusal: refusalOfAlliance },
  sight: allianceSight,
  holdsBelow: null,
  learn: null,
  writtenBy: 'anyone',
  arrives: 'as-record',
  deltas: allianceDeltas,
  tasks: null,
  title: (state) => state.merchantName,
  search: null,
  numberLetter: null,
  consumer: null,
});

/** One check of a citizen for a discount. */
export const allianceCheckStream = defineStream({
  kind: 'alliance-check',
  schemas: allianceCheckSchemas,
  names: { 'citizen-checked': ['checkedBy.staffName'] },
  apply: applyAllianceCheck,
  admission: null,
  sight: allianceCheckSight,
  holdsBelow: null,
  learn: null,
  writtenBy: { centreBut: CHECKS_BY_PEOPLE },
  arrives: 'as-record',
  deltas: allianceCheckDeltas,
  tasks: null,
  title: (state) => state.discount.what,
  search: null,
  numberLetter: null,
  consumer: null,
});
