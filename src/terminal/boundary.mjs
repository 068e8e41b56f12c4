import { exitCodeOf, reportOf } from './report.mjs';

/**
 * The one place where an error that nothing caught becomes words for the person at the terminal. Every command of
 * package.json loads it with `--import`, before Node reads the command itself, so that a module which is missing or a Node
 * which is too old ends in words too.
 */
process.on('uncaughtException', (error) => {
  process.stderr.write(`${reportOf(error)}\n`);
  process.exit(exitCodeOf(error));
});
