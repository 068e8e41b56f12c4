import type { Method } from '../../../domain/kernel/event/stream.ts';
import type { AnyState, StateOf, StreamKind } from '../../../domain/streams.ts';
import type { Writer } from './access.ts';
import type { UnitsAndRules } from './units-and-rules.ts';

/** What a row is made with, besides the state: everything that deadlines depend on, and when the record last changed. */
export type RowContext = { directory: UnitsAndRules; updatedAt: string };

/**
 * The rows of one kind of stream, one a stream, in `<kind>_row`; where the kind is searched, its terms are in
 * `<kind>_search`. They are written together with events and states, in one statement (`fact-write.ts`).
 */
export type RowTable<State> = {
  /** What the statement calls several of these rows. */
  plural: string;
  /** The table's columns: `column`, or `column=field` where the row made here has it under another name. */
  columns: string;
  /** Those of the columns that never change once the row is there. */
  kept: string;
  row(state: State, context: RowContext): Record<string, unknown>;
};

/** What a workstation keeps of one kind of stream besides events and states, so that screens need not read those. */
export type Projection<
  Kind extends StreamKind = StreamKind,
  Rows extends RowTable<StateOf[Kind]> | null = RowTable<StateOf[Kind]> | null,
> = {
  kind: Kind;
  rows: Rows;
  /** Whether the directory is made of it: it is read again before any row, since deadlines depend on it. */
  directory: boolean;
  /** Saves what of a few states has a table of its own, before the rows of others. */
  save: Method<[writer: Writer, states: StateOf[Kind][]], Promise<void>> | null;
  /** Puts right what is kept here and depends on the directory, which has been read again since `changed` changed. */
  follow: ((writer: Writer, directory: UnitsAndRules, changed: readonly AnyState[]) => Promise<void>) | null;
  /** Works out anew what a new release may see otherwise, in the transaction in which it begins. */
  afterUpgrade: ((writer: Writer, directory: UnitsAndRules) => Promise<void>) | null;
};

/** Says what is kept of a kind of stream. Returns what it is given, with its types. */
export function defineProjection<
  const Kind extends StreamKind,
  const Rows extends RowTable<StateOf[Kind]> | null,
>(projection: Projection<Kind, Rows>): Projection<Kind, Rows> {
  return projection;
}
