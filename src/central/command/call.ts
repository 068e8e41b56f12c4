import { readFile } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import type { CentralClient } from '../../protocol/central-client.ts';

/** The command was not understood: exit code 2. */
export class Misused extends Error {}

/** Where a command speaks and what surrounds it: the process itself, except in tests. */
export type Terminal = { stdout: Writable; stderr: Writable; env: Record<string, string | undefined> };

/** What an administrator wrote after the command's words. */
export type Options = {
  unit?: string;
  version?: string;
  replaces?: string;
  source?: string;
  minutes?: string;
  month?: string;
  reason?: string;
  name?: string;
  role?: string;
  level?: string;
  party?: string;
  body?: string;
  address?: string;
  id?: string;
  scope?: string;
  until?: string;
  for?: string;
  purpose?: string;
  recipient?: string;
  code?: string;
  limit?: string;
  'no-point'?: boolean;
  json?: boolean;
};

export type Call = {
  admin: CentralClient['admin'];
  options: Options;
  /** Words after the command. */
  rest: readonly string[];
  env: Terminal['env'];
  say(text: string): void;
  /** Beside the output, which may be kept as a file. */
  remark(text: string): void;
};

/** One command: `usage` as the help shows it, `least` and `most` words after it. */
export type Command = {
  usage: string;
  about: string;
  least: number;
  most: number;
  run(call: Call): Promise<void>;
};

/** A whole number within bounds. @throws Misused naming the option */
export function wholeOption(
  name: string,
  text: string | undefined,
  from: number,
  to: number,
): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < from || value > to)
    throw new Misused(`--${name} takes a whole number from ${from} to ${to}, not ${text}`);
  return value;
}

/** An option that the command cannot do without. @throws Misused naming it */
export function needed(name: keyof Options, text: string | undefined): string {
  if (text === undefined || text.trim() === '') throw new Misused(`--${name} is missing`);
  return text;
}

/** One of a few words. @throws Misused naming the option and the words */
export function oneOf<Word extends string>(name: string, text: string, words: readonly Word[]): Word {
  const found = words.find((word) => word === text);
  if (found === undefined) throw new Misused(`--${name} takes ${words.join(', ')}, not ${text}`);
  return found;
}

/** The file's JSON. @throws Error naming the file */
export async function readJson(path: string): Promise<unknown> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new Error(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  });
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${path} is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Rows as tab-separated lines under their headings, or as JSON: both for people and for scripts. */
export function sayRows(
  { say, options }: Pick<Call, 'say' | 'options'>,
  rows: readonly Record<string, string | number | boolean | null>[],
  headings: readonly string[],
): void {
  if (options.json) return say(JSON.stringify(rows, null, 2));
  say(headings.join('\t'));
  for (const row of rows) say(headings.map((heading) => String(row[heading] ?? '-')).join('\t'));
}
