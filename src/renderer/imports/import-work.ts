import { useSyncExternalStore } from 'react';
import type { ImportMapping, ImportPreview, ImportProgress } from '../../contract/workstation/imports.ts';
import { api } from '../kernel/api/client.ts';

export const MAXIMUM_BYTES = 50 * 1024 * 1024;

export type Finished = Extract<ImportProgress, { phase: 'finished' }>;
type Failure = { error: unknown };

/**
 * Where an import stands. It outlives the page, so that looking at another page in between loses neither
 * the file nor the import's progress; it belongs to one person and is gone when another signs in.
 */
export type ImportWork =
  | { phase: 'choosing'; file: File | null; failure: Failure | 'too-large' | 'wrong-type' | null }
  | { phase: 'reading'; file: File; rows: number; judging: boolean }
  | {
      phase: 'checking';
      file: File;
      preview: ImportPreview;
      judging: boolean;
      failure: Failure | null;
      /** Rows saved before the import was interrupted; null when it has not run. */
      interruptedAt: number | null;
    }
  | { phase: 'importing'; file: File; preview: ImportPreview; unitPath: string; done: number; total: number }
  | { phase: 'finished'; file: File; preview: ImportPreview; result: Finished };

const START: ImportWork = { phase: 'choosing', file: null, failure: null };

let work: ImportWork = START;
let owner: string | null = null;
/** Counts the files chosen, so that an answer about an earlier one is not taken for this one's. */
let turn = 0;
const listeners = new Set<() => void>();

function become(next: ImportWork): void {
  work = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The import of the person signed in. */
export function useImportWork(staffId: string): ImportWork {
  return useSyncExternalStore(subscribe, () => (owner === staffId ? work : START));
}

function base64Of(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => {
      const url = typeof reader.result === 'string' ? reader.result : '';
      resolve(url.slice(url.indexOf(',') + 1));
    };
    reader.onerror = () => reject(reader.error ?? new Error('The file cannot be read'));
    reader.readAsDataURL(file);
  });
}

/** What the program can read; what a file really is, its content says. */
export const READABLE = '.csv,.txt,.xlsx,.xlsm,.xls,.et,.ods';
const ASK_AGAIN_MS = 500;

/** Asks how far the file is read, until told to stop. */
function followReading(file: File, readId: string): () => void {
  const timer = setInterval(() => {
    void api.imports
      .reading({ readId })
      .then((reading) => {
        if (reading === null || work.phase !== 'reading' || work.file !== file) return;
        become({ ...work, rows: reading.rows, judging: reading.phase === 'judging' });
      })
      // How far it is does not matter to what comes of it.
      .catch(() => undefined);
  }, ASK_AGAIN_MS);
  return () => clearInterval(timer);
}

/** Reads a file and has every row judged; nothing is saved. A failure keeps the file chosen. */
export async function openFile(file: File, staffId: string): Promise<void> {
  owner = staffId;
  turn += 1;
  const mine = turn;
  if (!READABLE.split(',').some((ending) => file.name.toLowerCase().endsWith(ending))) {
    become({ phase: 'choosing', file, failure: 'wrong-type' });
    return;
  }
  if (file.size > MAXIMUM_BYTES) {
    become({ phase: 'choosing', file, failure: 'too-large' });
    return;
  }
  become({ phase: 'reading', file, rows: 0, judging: false });
  const readId = crypto.randomUUID();
  const stop = followReading(file, readId);
  let next: ImportWork;
  try {
    const preview = await api.imports.open({ fileName: file.name, base64: await base64Of(file), readId });
    next = { phase: 'checking', file, preview, judging: false, failure: null, interruptedAt: null };
  } catch (error) {
    next = { phase: 'choosing', file, failure: { error } };
  } finally {
    stop();
  }
  if (mine === turn) become(next);
}

/** Judges the rows again under another mapping; true when it was done. */
export function judgeAgain(mapping: ImportMapping): Promise<boolean> {
  return askAgain((importId) => api.imports.remap({ importId, mapping }));
}

/** Reads other sheets of the file; true when it was done. */
export function readSheets(sheets: string[]): Promise<boolean> {
  return askAgain((importId) => api.imports.chooseSheets({ importId, sheets }));
}

async function askAgain(ask: (importId: string) => Promise<ImportPreview>): Promise<boolean> {
  if (work.phase !== 'checking') return false;
  const mine = turn;
  const before = work;
  become({ ...before, judging: true, failure: null });
  let next: Extract<ImportWork, { phase: 'checking' }>;
  try {
    const preview = await ask(before.preview.importId);
    next = { ...before, preview, judging: false, failure: null };
  } catch (error) {
    next = { ...before, judging: false, failure: { error } };
  }
  if (mine !== turn) return false;
  become(next);
  return next.failure === null;
}

/** Saves the accepted rows at a unit. Rows saved before an interruption are not saved twice. */
export async function importRows(
  unitPath: string,
  wishes: { cautionsConfirmed: boolean; update: number[] },
): Promise<Finished | null> {
  if (work.phase !== 'checking') return null;
  const mine = turn;
  const { file, preview } = work;
  let done = 0;
  become({ phase: 'importing', file, preview, unitPath, done, total: preview.accepted });
  try {
    for await (const progress of await api.imports.commit({
      importId: preview.importId,
      unitPath,
      ...wishes,
    })) {
      if (mine !== turn) return null;
      if (progress.phase === 'finished') {
        become({ phase: 'finished', file, preview, result: progress });
        return progress;
      }
      done = progress.done;
      become({ phase: 'importing', file, preview, unitPath, done, total: progress.total });
    }
    throw new Error('The import ended without saying how');
  } catch (error) {
    if (mine === turn) {
      become({ phase: 'checking', file, preview, judging: false, failure: { error }, interruptedAt: done });
    }
    return null;
  }
}

/** Forgets the file and starts afresh. */
export function startAfresh(): void {
  turn += 1;
  become(START);
}
