import type { TimelineEntry } from '../../contract/workstation/case.ts';
import type { useEntryWords } from './entry-words.ts';

/** What one entry of a case's history says beside its title. */
export function EntryBody({
  entry,
  words,
}: {
  entry: TimelineEntry;
  words: ReturnType<typeof useEntryWords>;
}) {
  const changes = words.changes(entry);
  return (
    <>
      <div>{words.text(entry)}</div>
      {changes.length === 0 ? null : (
        <ul className="heshi-flush">
          {changes.map((change) => (
            <li key={change}>{change}</li>
          ))}
        </ul>
      )}
    </>
  );
}
