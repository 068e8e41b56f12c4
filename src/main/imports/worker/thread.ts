import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import type { Question, QuestionName, Questions, Told } from './protocol.ts';

/** What kept a thread from doing its work: it is gone, and the file with it. */
export class ReadingStopped extends Error {
  readonly rule: 'took-too-long' | 'needs-too-much-memory';
  readonly parameters: Record<string, number>;
  constructor(rule: 'took-too-long' | 'needs-too-much-memory', parameters: Record<string, number> = {}) {
    super(rule);
    this.rule = rule;
    this.parameters = parameters;
  }
}

/** A thread that holds one opened file. */
export type FileThread = {
  /** Asks, and waits for the answer. @throws ReadingStopped */
  ask<Name extends QuestionName>(
    name: Name,
    order: Questions[Name]['order'],
  ): Promise<Questions[Name]['answer']>;
  /** How many rows have been read. */
  rowsRead(): number;
  phase(): 'reading' | 'judging';
  close(): Promise<void>;
};

/** A register of 200,000 rows with twenty columns takes about half of it. */
const MEMORY_MB = 512;
const YOUNG_MB = 32;
/** Of one question; a register of 200,000 rows takes a fifth of it on a slow machine. */
const SECONDS = 90;

/** The thread's own file: beside this one in the sources; where everything is bundled the host says where it was put. */
export const THREAD_FILE: URL = new URL('./import-worker.ts', import.meta.url);

/** Starts a thread and hands it a file; the bytes are its own from then on. */
export function startThread(entry: URL, bytes: Uint8Array<ArrayBuffer>, fileName: string): FileThread {
  // A buffer that others share, as small ones do, cannot be handed over.
  const own = bytes.byteLength === bytes.buffer.byteLength ? bytes : new Uint8Array(bytes);
  // Read by the engine where a thread's memory is made: the program's own young space stays as small as it is (`young-heap.ts`), and
  // this thread, which makes millions of texts that are gone at once, tidies far more seldom.
  setFlagsFromString('--min-semi-space-size=8');
  const worker = new Worker(entry, {
    workerData: { bytes: own, fileName },
    transferList: [own.buffer],
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB, maxYoungGenerationSizeMb: YOUNG_MB },
    // What the program itself was started with, such as a debugger's port, is not the thread's.
    execArgv: [],
    name: 'heshi-import',
  });
  worker.unref();
  type Waiting = { resolve(answer: unknown): void; reject(error: Error): void };
  const waiting = new Map<number, Waiting>();
  let asked = 0;
  let rows = 0;
  let phase: 'reading' | 'judging' = 'reading';
  let gone: Error | null = null;
  const fail = (error: Error): void => {
    gone ??= error;
    for (const one of waiting.values()) one.reject(gone);
    waiting.clear();
  };
  worker.on('message', (told: Told) => {
    if ('rows' in told) {
      rows = told.rows;
      return;
    }
    const one = waiting.get(told.id);
    waiting.delete(told.id);
    if ('failure' in told) one?.reject(new Error(told.failure));
    else one?.resolve(told.answer);
  });
  worker.on('error', (error: NodeJS.ErrnoException) =>
    fail(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? new ReadingStopped('needs-too-much-memory') : error),
  );
  worker.on('exit', () => fail(new Error('The thread that read the file has ended')));
  return {
    ask: (name, order) =>
      new Promise((resolve, reject) => {
        if (gone !== null) {
          reject(gone);
          return;
        }
        asked += 1;
        phase = name === 'judge' ? 'judging' : 'reading';
        const question = { id: asked, name, order } as Question;
        const timer = setTimeout(() => {
          fail(new ReadingStopped('took-too-long', { seconds: SECONDS }));
          void worker.terminate();
        }, SECONDS * 1000);
        const done = (): void => clearTimeout(timer);
        waiting.set(asked, {
          // The thread answers each question with what that question's type says.
          resolve: (answer) => {
            done();
            resolve(answer as Questions[typeof name]['answer']);
          },
          reject: (error) => {
            done();
            reject(error);
          },
        });
        worker.postMessage(question);
      }),
    rowsRead: () => rows,
    phase: () => phase,
    close: async () => {
      gone ??= new Error('The file was closed');
      await worker.terminate();
    },
  };
}
