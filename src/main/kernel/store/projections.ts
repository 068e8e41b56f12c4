import { streamOf, type StreamKind, type StreamState } from '../../../domain/streams.ts';
import { factWriteOf, type FactWrite } from './fact-write.ts';
import type { Projection, RowTable } from './projection.ts';

/** A kind with rows: what the one statement that writes them all has to know of it. */
export type ListedTable = RowTable<StreamState> & { kind: StreamKind; searched: boolean };

/** What a workstation keeps of all kinds of stream. The composition makes the list, and the store is opened with it. */
export type Projections = {
  all: readonly Projection[];
  /** All kinds with rows, and whether people search them. */
  listed: readonly ListedTable[];
  /** The statement that writes the rows of all, with events and states. */
  factWrite: FactWrite;
};

/** The projections of a workstation, one a kind. @throws where a kind has two */
export function collectProjections(all: readonly Projection[]): Projections {
  if (new Set(all.map(({ kind }) => kind)).size < all.length)
    throw new Error('A kind of stream has two projections');
  const listed = all.flatMap(({ kind, rows }): ListedTable[] =>
    rows === null ? [] : [{ ...rows, kind, searched: streamOf(kind).search !== null }],
  );
  return { all, listed, factWrite: factWriteOf(listed) };
}
