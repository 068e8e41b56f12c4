import type { Method } from '../../../domain/kernel/event/stream.ts';
import type { StateOf, StreamKind } from '../../../domain/streams.ts';
import type { Directory } from './directory.ts';
import type { Writer } from './store.ts';

/** What a row is made with, besides the state: everything that deadlines depend on, and when the record last changed. */
export type RowContext = { directory: Directory; updatedAt: string };

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
  /** Puts right what depends on it, once the directory has been read again. */
  follow: Method<[writer: Writer, directory: Directory, states: StateOf[Kind][]], Promise<void>> | null;
};

/** Says what is kept of a kind of stream. Returns what it is given, with its types. */
export function defineProjection<
  const Kind extends StreamKind,
  const Rows extends RowTable<StateOf[Kind]> | null,
>(projection: Projection<Kind, Rows>): Projection<Kind, Rows> {
  return projection;
}
