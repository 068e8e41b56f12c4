import { INDICATORS } from '../../domain/credit/index.ts';
import type { EventEnvelope } from '../../domain/kernel/event/event.ts';
import { observationsOf } from '../../domain/observations.ts';
import type { RollupContext } from '../../domain/rollup/index.ts';
import type { AnyState } from '../../domain/streams.ts';
import { circleOf } from '../kernel/db/circle.ts';

/** One observation as it is kept. */
export type FactRow = {
  factId: string;
  /** The indicator's number. */
  indicator: number;
  circle: string;
  merchantId: string | null;
  day: string;
  good: boolean;
  counted: boolean;
  kind: string;
  id: string;
};

/** A record that is about another merchant than it was. */
export type Move = { kind: string; id: string; to: string | null; because: string };

/** A fact that counts no more, and the one that did it. */
export type Retraction = { factId: string; because: string };

/** What a run of accepted facts says of merchants, in order. */
export type Gathering = {
  add(before: AnyState | undefined, event: EventEnvelope, after: AnyState, context: RollupContext): void;
  rows(): readonly FactRow[];
  /** For what is kept already; the rows here have moved. */
  moves(): readonly Move[];
  /** For what is kept already; the rows here are marked. */
  retracted(): readonly Retraction[];
};

export function createGathering(): Gathering {
  const rows: FactRow[] = [];
  const moves = new Map<string, Move>();
  const retracted = new Map<string, string>();
  return {
    add: (before, event, after, context) => {
      const { kind, id } = event.stream;
      const observed = observationsOf(before, event, after, context);
      if (observed.moved !== null) {
        const { to } = observed.moved;
        moves.set(`${kind}:${id}`, { kind, id, to, because: event.id });
        for (const row of rows) if (row.kind === kind && row.id === id) row.merchantId = to;
      }
      for (const factId of observed.retract) {
        retracted.set(factId, event.id);
        for (const row of rows) if (row.factId === factId) row.counted = false;
      }
      for (const { merchantId, indicator, day, good, factId } of observed.add)
        rows.push({
          factId,
          indicator: INDICATORS[indicator].number,
          circle: circleOf(event.unitPath),
          merchantId,
          day,
          good,
          counted: true,
          kind,
          id,
        });
    },
    rows: () => rows,
    moves: () => [...moves.values()],
    retracted: () => [...retracted].map(([factId, because]) => ({ factId, because })),
  };
}
