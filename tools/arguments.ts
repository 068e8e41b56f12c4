import { parseArgs, type ParseArgsConfig } from 'node:util';

/**
 * Reads a command line. `--help` prints the usage and ends the program; a wrong one ends it with its reason and the
 * usage, exit code 2.
 */
export function readArguments<Options extends NonNullable<ParseArgsConfig['options']>>(
  options: Options,
  usage: string,
) {
  const own = process.argv.slice(2);
  // Before anything else is judged: whoever asks for help may not know the rest.
  if (own.includes('--help') || own.includes('-h')) {
    process.stdout.write(`${usage}\n`);
    process.exit(0);
  }
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

/** Says why on standard error and ends the program; exit code 2 means that the command was not understood. */
export function fail(reason: string, exitCode = 2): never {
  process.stderr.write(`${reason}\n`);
  process.exit(exitCode);
}
