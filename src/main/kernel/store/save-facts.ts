import { streamOf, type AnyState, type StreamKind, type StreamState } from '../../../domain/streams.ts';
import { noteChanged } from './access.ts';
import type { Directory } from './directory.ts';
import { NO_ROWS, writeFacts, type ListedRows } from './fact-write.ts';
import type { ListedTable } from './projections.ts';
import { indexTerms } from './search-terms.ts';
import type { Writer } from './store.ts';
import { followRules, taskRowsOf } from './tasks.ts';

/** One stream after a change: whether its search terms are new, may have changed, or cannot have. */
export type Change = { current: AnyState; updatedAt: string; search: 'new' | 'again' | 'unchanged' };

/**
 * Writes events, and what follows from them: states, tasks, screen rows and search terms of all changed streams, in one
 * statement however many they are. `events` are rows of the log as `eventRows` makes them.
 */
export async function saveFacts(
  writer: Writer,
  events: readonly object[],
  changes: readonly Change[],
  directory: Directory,
): Promise<void> {
  if (events.length === 0 && changes.length === 0) return;
  const byKind = Map.groupBy(changes, ({ current }) => current.kind);
  noteChanged(writer, byKind.keys());
  const { all, listed, factWrite } = directory.projections;
  const touched = all.flatMap((projection) => {
    const states = byKind.get(projection.kind)?.map(({ current }) => current.state) ?? [];
    return states.length === 0 ? [] : [{ projection, states }];
  });
  for (const { projection, states } of touched) await projection.save?.(writer, states);
  const ofDirectory = touched.filter(({ projection }) => projection.directory);
  if (ofDirectory.length > 0) {
    const first = ofDirectory.flatMap(({ projection }) => byKind.get(projection.kind) ?? []);
    // The directory reads them from here, and the deadlines below follow from the directory.
    await writeFacts(writer, factWrite, { ...NO_ROWS, streams: streamRows(first) });
    await directory.reload(writer);
    const changed = first.map(({ current }) => current);
    for (const { follow } of all) await follow?.(writer, directory, changed);
    await followRules(writer, directory, changed);
  }
  await writeFacts(writer, factWrite, {
    events,
    streams: streamRows(changes),
    tasks: changes.flatMap(({ current }) => taskRowsOf(current, directory) ?? []),
    listed: listed.flatMap((table) => {
      const changed = byKind.get(table.kind);
      return changed ? [listedRows(table, changed, directory)] : [];
    }),
  });
}

function streamRows(changes: readonly Change[]): object[] {
  return changes.map(({ current }) => ({
    kind: current.kind,
    id: current.state.id,
    state: JSON.stringify(current.state),
  }));
}

function listedRows(table: ListedTable, changes: readonly Change[], directory: Directory): ListedRows {
  const made: ListedRows = { kind: table.kind, rows: [], terms: [] };
  for (const { current, updatedAt, search } of changes) {
    const { state } = current;
    made.rows.push(table.row(state, { directory, updatedAt }));
    if (table.searched && search !== 'unchanged')
      made.terms.push({ id: state.id, terms: termsOf(table.kind, state), known: search === 'again' });
  }
  return made;
}

/** The words under which a record is found; none for a kind that nobody searches. */
export function termsOf(kind: StreamKind, state: StreamState): string {
  const search = streamOf(kind).search;
  return search === null ? '' : indexTerms(search.fields(state));
}
