import { registerHooks } from 'node:module';

/** One exact change of one source file, made while it is loaded; `file` is a path below the package. */
export type SourceEdit = { file: string; from: string; to: string };

const ROOT = new URL('../../../', import.meta.url);

/**
 * Changes sources as this process loads them, so that the product needs no hooks for its tests. Must run before
 * they are imported (`node --import`). A text that is not there exactly once, or a file that is never loaded, ends
 * the process: a change that did not happen must not look like one that was survived.
 */
export function editSources(edits: readonly SourceEdit[]): void {
  const waiting = new Map<string, SourceEdit[]>();
  for (const edit of edits) {
    const url = new URL(edit.file, ROOT).href;
    waiting.set(url, [...(waiting.get(url) ?? []), edit]);
  }
  registerHooks({
    load: (url, context, nextLoad) => {
      const loaded = nextLoad(url, context);
      const wanted = waiting.get(url);
      if (wanted === undefined) return loaded;
      waiting.delete(url);
      let source = Buffer.from(loaded.source as Uint8Array).toString();
      for (const { file, from, to } of wanted) {
        if (source.split(from).length !== 2) throw new Error(`${file} does not hold this once: ${from}`);
        source = source.replace(from, () => to);
      }
      return { ...loaded, source };
    },
  });
  process.on('exit', () => {
    if (waiting.size === 0 || process.exitCode) return;
    process.stderr.write(`never loaded, so never changed: ${[...waiting.keys()].join(', ')}\n`);
    process.exitCode = 9;
  });
}
