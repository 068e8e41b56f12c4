import type { Kysely, Transaction } from 'kysely';
import type { StreamKind } from '../../../domain/streams.ts';
import type { Database } from './schema.ts';

/** A write transaction on the local store. */
export type Writer = Transaction<Database>;
/** The local store for reading. */
export type Reader = Kysely<Database>;

/** The kinds of record that each write transaction has changed. */
const changedKinds = new WeakMap<Writer, Set<StreamKind>>();

/** Notes that a transaction changes records of these kinds. */
export function noteChanged(writer: Writer, kinds: Iterable<StreamKind>): void {
  const noted = changedKinds.get(writer) ?? new Set();
  for (const kind of kinds) noted.add(kind);
  changedKinds.set(writer, noted);
}

/** The kinds of record that a transaction has changed. */
export function changedIn(writer: Writer): ReadonlySet<StreamKind> {
  return changedKinds.get(writer) ?? new Set();
}
