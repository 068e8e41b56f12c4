/**
 * A command cannot go on, for a reason the person at the terminal can do something about. `next` says what to do;
 * `kept` what became of their data, where that is more than "what was saved stays". Exit code 1 unless said otherwise.
 */
export class Stopped extends Error {
  readonly next: string;
  readonly kept: string | undefined;
  readonly exitCode: number;

  constructor(
    message: string,
    { next, kept, exitCode = 1, cause }: { next: string; kept?: string; exitCode?: number; cause?: unknown },
  ) {
    super(message, { cause });
    this.name = 'Stopped';
    this.next = next;
    this.kept = kept;
    this.exitCode = exitCode;
  }
}
