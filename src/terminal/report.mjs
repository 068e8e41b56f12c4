import { sqliteLines } from './sqlite-module.mjs';

/**
 * Plain JavaScript, as all that must still speak when TypeScript cannot run: before `npm ci`, and under a Node that is
 * too old.
 */

const KEPT = 'Kept: what was saved before stays saved.';
const REPORT = 'Next: run it again; HESHI_DEBUG=1 before the command prints the trace for a bug report.';

/**
 * What to do about errors of the system and of Node, by their code.
 * @type {Readonly<Record<string, string>>}
 */
const NEXT = {
  EACCES: 'name a folder that this account may write, with --data DIR, or change who owns that one.',
  EPERM: 'name a folder that this account may write, with --data DIR, or change who owns that one.',
  EROFS: 'name a folder on a disk that can be written, with --data DIR.',
  SQLITE_CANTOPEN: 'name a folder that this account may write, with --data DIR.',
  SQLITE_READONLY: 'name a folder that this account may write, with --data DIR.',
  ENOTDIR: 'name a folder; there is a file of that name.',
  EEXIST: 'name a folder; there is a file of that name.',
  ENOSPC: 'free some space on that disk, then run it again.',
  EADDRINUSE: 'choose another port with --port N, or stop the program that has this one.',
  ECONNREFUSED: 'start the server that did not answer, or correct its address.',
  ENOTFOUND: 'correct the address, or look to the network.',
  ERR_MODULE_NOT_FOUND: 'run npm ci in the project’s folder.',
  MODULE_NOT_FOUND: 'run npm ci in the project’s folder.',
  ERR_UNKNOWN_FILE_EXTENSION: 'run npm ci in the project’s folder: it brings the Node that Heshi runs on.',
  ERR_UNSUPPORTED_NODE_MODULES_TYPE_STRIPPING: 'move the project out of any folder named node_modules.',
};

/**
 * @param {unknown} error
 * @returns {unknown[]} the error and what caused it, outermost first
 */
function chainOf(error) {
  const chain = [];
  for (let one = error; one !== undefined && chain.length < 8; one = causeOf(one)) chain.push(one);
  return chain;
}

/** @param {unknown} error */
function causeOf(error) {
  if (!(error instanceof Error)) return undefined;
  // A connection that was tried at several addresses says why with each of them only.
  return error.cause ?? (error instanceof AggregateError ? error.errors[0] : undefined);
}

/** @param {unknown} error @param {string} name @returns {unknown} */
function memberOf(error, name) {
  return typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined;
}

/** @param {unknown} error */
const isSqliteMissing = (error) =>
  error instanceof Error &&
  (/Cannot find (package|module) 'sqlite3'/.test(error.message) ||
    (/Could not locate the bindings file/.test(error.message) && /sqlite3/.test(error.message)));

/** @param {unknown} error @returns {string} what it says; of some errors of the system that is their code alone */
function textOf(error) {
  const text = (error instanceof Error ? error.message : String(error)).trim();
  const code = memberOf(error, 'code');
  return text === '' && typeof code === 'string' ? code : text;
}

/** @param {unknown} error True when the command line was not understood: nothing was begun. */
const isMisuse = (error) => String(memberOf(error, 'code')).startsWith('ERR_PARSE_ARGS');

/**
 * What a person at the terminal reads of an error that ended a command: what happened, what was kept and what to do
 * next, without the trace, which `HESHI_DEBUG` adds.
 * @param {unknown} error
 * @param {Record<string, string | undefined>} environment
 * @returns {string}
 */
export function reportOf(error, environment = process.env) {
  const chain = chainOf(error);
  const trace = debugTrace(error, environment);
  if (isMisuse(error)) return `${textOf(error)}\n--help says what this command takes.${trace}`;
  if (chain.some(isSqliteMissing)) return `${sqliteLines().join('\n')}${trace}`;
  /** @type {string[]} */
  const words = [];
  for (const one of chain) {
    const text = textOf(one);
    if (text !== '' && !words.some((earlier) => earlier.includes(text))) words.push(text);
  }
  const own = chain.map((one) => memberOf(one, 'next')).find((next) => typeof next === 'string');
  const code = chain
    .map((one) => memberOf(one, 'code'))
    .find((one) => typeof one === 'string' && one in NEXT);
  const next = own ?? (typeof code === 'string' ? NEXT[code] : undefined);
  const kept = memberOf(error, 'kept');
  return [
    `Heshi stopped: ${words.join(': ') || 'it does not know why'}`,
    typeof kept === 'string' ? `Kept: ${kept}` : KEPT,
    next === undefined ? REPORT : `Next: ${next}`,
  ]
    .join('\n')
    .concat(trace);
}

/**
 * The traces of an error and of what caused it, beginning with a new line, where `HESHI_DEBUG` asks for them; else nothing.
 * @param {unknown} error
 * @param {Record<string, string | undefined>} environment
 * @returns {string}
 */
export function debugTrace(error, environment) {
  if (!environment['HESHI_DEBUG']) return '';
  const traces = chainOf(error).map((one) =>
    one instanceof Error ? (one.stack ?? one.message) : String(one),
  );
  return `\n${traces.join('\ncaused by: ')}`;
}

/** @param {unknown} error @returns {number} the exit code of a command that ends with it */
export function exitCodeOf(error) {
  if (isMisuse(error)) return 2;
  const code = memberOf(error, 'exitCode');
  return typeof code === 'number' ? code : 1;
}
