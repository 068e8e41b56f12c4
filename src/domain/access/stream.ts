import { defineStream } from '../kernel/event/stream.ts';
import { accessSchemas, accessSight, applyAccess } from './access.ts';

/** Who looked at whose data. A stream each: they grow without end, and none has to do with another. */
export const accessStream = defineStream({
  kind: 'access',
  schemas: accessSchemas,
  names: null,
  apply: applyAccess,
  admission: null,
  sight: accessSight,
  holdsBelow: null,
  learn: null,
  writtenBy: 'anyone',
  arrives: 'as-record',
  deltas: null,
  tasks: null,
  title: (state) => state.title ?? state.id,
  search: null,
  numberLetter: null,
  consumer: null,
});
