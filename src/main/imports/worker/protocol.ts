import type { JudgedFile, JudgeOrder } from '../opened-file.ts';
import type { TableError } from '../reading/table.ts';
import type { AcceptedRow } from '../reading/verdict.ts';
import type { Language } from '../../../words/index.ts';

/** What the thread is begun with. */
export type Opening = { bytes: Uint8Array; fileName: string };

/** What can be asked of the thread that holds a file, and what comes back. */
export type Questions = {
  read: { order: { sheets: readonly string[] | null }; answer: { shape: string } | { error: TableError } };
  judge: { order: JudgeOrder; answer: JudgedFile };
  rows: { order: { from: number; count: number }; answer: AcceptedRow[] };
  refusedFile: { order: { language: Language }; answer: Uint8Array | null };
};
export type QuestionName = keyof Questions;
export type Question<Name extends QuestionName = QuestionName> = {
  [One in Name]: { id: number; name: One; order: Questions[One]['order'] };
}[Name];

export type Told =
  | { rows: number }
  | { id: number; answer: Questions[QuestionName]['answer'] }
  | { id: number; failure: string };
