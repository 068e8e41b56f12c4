import { uuidv7 } from 'uuidv7';
import { ImportMapping, type ImportPreview, type ImportReading } from '../../contract/workstation/imports.ts';
import type { CodeEntry } from '../../domain/procedure/index.ts';
import type { Language } from '../../words/index.ts';
import type { Reader, Writer } from '../kernel/store/index.ts';
import { serviceError } from '../kernel/errors.ts';
import type { ImportedStream } from './facts.ts';
import type { JudgedFile } from './opened-file.ts';
import type { ShopHere } from './reading/judge-return.ts';
import { ReadingStopped, startThread, type FileThread } from './worker/thread.ts';

/** A file that was opened and judged, kept until it is imported or pushed out by newer ones. */
export type ImportSession = {
  id: string;
  fileName: string;
  thread: FileThread;
  preview: ImportPreview;
};

/** What was imported last, until it is taken back or something makes that impossible. */
export type LastImport = {
  /** The opened file: an import that was broken off and goes on is one. */
  importId: string;
  staffId: string;
  /** Whose log it is in: under another identity the log starts over. */
  deviceId: string;
  fileName: string;
  imported: number;
  /** The streams it made. */
  streams: ImportedStream[];
  /** The facts that changed merchants on record, and whose they are. */
  updates: { eventId: string; id: string }[];
  /** The device's log before it. */
  after: number;
  /** What a look at the log said when it ended here. */
  looked: { end: number; at: string | null } | null;
};

declare module '../kernel/parts.ts' {
  interface CapabilityParts {
    /** Files that are being imported. */
    imports: ImportSessions;
  }
}

/** A file may hold 50 MB: only the last ones stay in memory. */
const KEPT = 2;
/** A file that nobody comes back to is let go. */
const IDLE_MS = 20 * 60_000;

/** The open imports of one workstation. */
export type ImportSessions = {
  get(id: string): ImportSession | undefined;
  put(session: ImportSession): void;
  /** Starts a thread for a file; `readId` names it while it is read. */
  start(bytes: Uint8Array<ArrayBuffer>, fileName: string, readId: string | undefined): FileThread;
  /** The file is read and kept, or given up. */
  started(readId: string | undefined): void;
  reading(readId: string): ImportReading | null;
  last: LastImport | null;
  close(): Promise<void>;
};

export function createImportSessions(threadFile: URL): ImportSessions {
  const sessions = new Map<string, { session: ImportSession; timer: NodeJS.Timeout }>();
  const readings = new Map<string, FileThread>();
  const threads = new Set<FileThread>();
  const drop = (id: string): void => {
    const one = sessions.get(id);
    if (one === undefined) return;
    sessions.delete(id);
    clearTimeout(one.timer);
    void one.session.thread.close();
  };
  const keep = (session: ImportSession): void => {
    clearTimeout(sessions.get(session.id)?.timer);
    sessions.delete(session.id);
    const timer = setTimeout(() => drop(session.id), IDLE_MS);
    timer.unref();
    sessions.set(session.id, { session, timer });
  };
  return {
    get: (id) => {
      const session = sessions.get(id)?.session;
      if (session !== undefined) keep(session);
      return session;
    },
    put: (session) => {
      keep(session);
      for (const id of [...sessions.keys()].slice(0, Math.max(0, sessions.size - KEPT))) drop(id);
    },
    start: (bytes, fileName, readId) => {
      const started = startThread(threadFile, bytes, fileName);
      const thread: FileThread = {
        ...started,
        close: () => {
          threads.delete(thread);
          return started.close();
        },
      };
      threads.add(thread);
      if (readId !== undefined) readings.set(readId, thread);
      return thread;
    },
    started: (readId) => {
      if (readId !== undefined) readings.delete(readId);
    },
    reading: (readId) => {
      const thread = readings.get(readId);
      return thread === undefined ? null : { phase: thread.phase(), rows: thread.rowsRead() };
    },
    last: null,
    close: async () => {
      for (const { timer } of sessions.values()) clearTimeout(timer);
      sessions.clear();
      await Promise.all([...threads].map((thread) => thread.close()));
    },
  };
}

/** A remembered mapping for files of a shape, or null. */
export async function rememberedMapping(read: Reader, shape: string): Promise<ImportMapping | null> {
  const row = await read
    .selectFrom('import_mapping')
    .select('mapping')
    .where('shape', '=', shape)
    .executeTakeFirst();
  // One that an earlier release saved may no longer be of the right form: then it is guessed again.
  const remembered = row === undefined ? null : ImportMapping.safeParse(JSON.parse(row.mapping));
  return remembered?.success ? remembered.data : null;
}

export async function rememberMapping(
  writer: Writer,
  shape: string,
  mapping: ImportMapping,
  savedAt: string,
): Promise<void> {
  const values = { mapping: JSON.stringify(mapping), saved_at: savedAt };
  await writer
    .insertInto('import_mapping')
    .values({ shape, ...values })
    .onConflict((conflict) => conflict.column('shape').doUpdateSet(values))
    .execute();
}

/** What a file needs to be judged, besides its rows. */
export type JudgeSetting = {
  read: Reader;
  today: string;
  language: Language;
  categories: readonly CodeEntry[];
  shops: readonly ShopHere[];
};

/** Has a file read, or other sheets of it, and judged under the mapping remembered for its shape, else known, else guessed. */
export async function readAndJudge(
  session: { id?: string; fileName: string; thread: FileThread },
  sheets: readonly string[] | null,
  { read, ...setting }: JudgeSetting,
): Promise<ImportSession> {
  const { fileName, thread } = session;
  const result = await asked(fileName, thread.ask('read', { sheets }));
  if ('error' in result) throw serviceError('FILE_UNREADABLE', result.error);
  const mapping = await rememberedMapping(read, result.shape);
  const judged = await asked(fileName, thread.ask('judge', { mapping, ...setting }));
  return sessionOf(session, judged, judged.guessed ?? 'remembered');
}

/** The session with a new verdict. */
export function sessionOf(
  { id = uuidv7(), fileName, thread }: { id?: string; fileName: string; thread: FileThread },
  { guessed: _guessed, ...judged }: JudgedFile,
  mappingFrom: ImportPreview['mappingFrom'],
): ImportSession {
  return { id, fileName, thread, preview: { importId: id, fileName, mappingFrom, ...judged } };
}

/** What a thread answers; what stopped it is an error of the file. */
export async function asked<Answer>(fileName: string, answer: Promise<Answer>): Promise<Answer> {
  try {
    return await answer;
  } catch (error) {
    if (!(error instanceof ReadingStopped)) throw error;
    const { rule, parameters } = error;
    throw serviceError('FILE_UNREADABLE', { rule, parameters: { ...parameters, file: fileName } });
  }
}
