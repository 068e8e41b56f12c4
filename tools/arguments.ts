import { parseArgs, type ParseArgsConfig } from 'node:util';

/** Reads a command line; a wrong one ends the program with its reason and the usage, exit code 2. */
export function readArguments<Options extends NonNullable<ParseArgsConfig['options']>>(
  options: Options,
  usage: string,
) {
  try {
    return parseArgs({ options, allowPositionals: true, strict: true });
  } catch (error) {
    return fail(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
  }
}

/** A whole number of an option, within bounds. */
export function wholeNumber(name: string, text: string, from: number, to: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < from || value > to) {
    return fail(`--${name} takes a whole number from ${from} to ${to}, not ${JSON.stringify(text)}`);
  }
  return value;
}

/** Says why on standard error and ends with exit code 2: the command was not understood. */
export function fail(reason: string): never {
  process.stderr.write(`${reason}\n`);
  process.exit(2);
}
