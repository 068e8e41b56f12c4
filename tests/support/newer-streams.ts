import { z } from 'zod';
import type { Fact } from '../../src/domain/kernel/event/event.ts';
import { legal, illegal, type Ruling } from '../../src/domain/kernel/event/ruling.ts';
import { createRegistry } from '../../src/domain/kernel/event/registry.ts';
import { readPayload } from '../../src/domain/kernel/event/schema.ts';
import { defineStream } from '../../src/domain/kernel/event/stream.ts';
import { shippedRules } from '../../src/domain/procedure/rulebook.ts';
import { ancestorsAndSelf } from '../../src/domain/organisation/unit.ts';
import type * as streams from '../../src/domain/streams.ts';

type GradeState = { id: string; unitPath: string; grade: string; revision: number };

const gradeSchemas = { 'grade-given@1': z.object({ grade: z.string().max(5) }) };

function applyGrade(state: GradeState | undefined, fact: Fact): Ruling<GradeState> {
  const read = readPayload(gradeSchemas, fact);
  if (read.key === 'unknown') return { kind: 'unknown', type: fact.type, version: fact.version };
  if (read.key === 'invalid') return { kind: 'illegal', refusal: read.refusal };
  if (read.payload.grade === state?.grade) return illegal('grade-the-same');
  const { id } = fact.stream;
  return legal({ id, unitPath: fact.unitPath, ...read.payload, revision: (state?.revision ?? 0) + 1 });
}

/** A kind of stream that only a newer release knows: seen in its unit and above, and counted. */
const gradeStream = defineStream({
  kind: 'grade',
  schemas: gradeSchemas,
  names: null,
  apply: applyGrade,
  admission: null,
  sight: (state) => ancestorsAndSelf(state.unitPath),
  holdsBelow: null,
  learn: null,
  writtenBy: 'anyone',
  arrives: 'as-record',
  deltas: (before, fact) => ({
    counters:
      before === undefined
        ? [{ path: fact.unitPath, day: fact.at.slice(0, 10), metric: 'transferred', dimension: '', value: 1 }]
        : [],
    handling: [],
  }),
  tasks: null,
  title: (state) => state.grade,
  search: null,
  numberLetter: null,
  consumer: null,
});

type Streams = typeof streams;

/**
 * `src/domain/streams.ts` as this release has it, or, while `isNewer` says so, as a newer release would that knows
 * one kind more. For `vi.mock`.
 */
export function withNewerStreams(real: Streams, isNewer: () => boolean) {
  const newer = createRegistry([...real.STREAMS, gradeStream], shippedRules);
  const functions = {
    isStreamKind: newer.isKind,
    streamOf: newer.definitionOf,
    storedState: newer.stateOf,
    tasksOf: newer.tasks,
    applyFact: newer.apply,
    admitFact: newer.admit,
    peopleIn: newer.peopleIn,
    sightOf: newer.sight,
    learn: newer.learn,
    rollupDeltas: newer.deltas,
    isOpenToWorkstations: newer.isOpenTo,
  };
  const either = Object.entries(functions).map(([name, ofNewer]) => {
    const ofReal = real[name as keyof typeof functions];
    return [
      name,
      (...all: never[]) => Reflect.apply(isNewer() ? ofNewer : ofReal, undefined, all) as unknown,
    ];
  });
  return {
    ...real,
    ...Object.fromEntries(either),
    get STREAMS() {
      return isNewer() ? newer.definitions : real.STREAMS;
    },
  };
}
