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
  const lines = words.lines(entry);
  return (
    <>
      <div>{words.text(entry)}</div>
      {lines.length === 0 ? null : (
        <ul className="heshi-flush">
          {lines.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
    </>
  );
}
