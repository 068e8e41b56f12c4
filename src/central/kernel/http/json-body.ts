import { PUSH_LIMIT } from '../../../contract/centre/index.ts';

/** Below this the engine reads a text in one piece as fast as in lines. */
const LONG = 64 * 1024;
const NEWLINE = 0x0a;
const COMMA = 0x2c;

/**
 * What `JSON.parse` makes of a body in UTF-8, `undefined` of an empty one. A long body that has one array's items on lines of their
 * own, as workstations send their facts, is read line by line: the engine takes longer to make one text of a megabyte than to
 * read it. @throws SyntaxError
 */
export function readJson(body: Buffer): unknown {
  if (body.length === 0) return undefined;
  return (body.length < LONG ? undefined : readLines(body)) ?? (JSON.parse(body.toString()) as unknown);
}

/** Undefined for whatever is not exactly so; no text in JSON holds a line break of its own, so that none is cut through. */
function readLines(body: Buffer): unknown {
  const [first, last] = [body.indexOf(NEWLINE), body.lastIndexOf(NEWLINE)];
  if (first === last) return undefined;
  try {
    const [head, tail] = [body.toString('utf8', 0, first), body.toString('utf8', last + 1)];
    const key = keyOfOpenArray(head);
    // A later member of the same name is the one that counts.
    if (key === undefined || key in asObject(JSON.parse(`{"":[${tail}`))) return undefined;
    const whole = asObject(JSON.parse(head + tail));
    const items = whole[key];
    if (!Array.isArray(items) || items.length > 0) return undefined;
    for (let start = first + 1; start <= last;) {
      // Millions of short lines would take many times as long as the whole in one piece.
      if (items.length === PUSH_LIMIT) return undefined;
      const end = body.indexOf(NEWLINE, start);
      const goesOn = body[end - 1] === COMMA;
      if (goesOn === (end === last)) return undefined;
      items.push(JSON.parse(body.toString('utf8', start, goesOn ? end - 1 : end)));
      start = end + 1;
    }
    return whole;
  } catch {
    return undefined;
  }
}

/** The name of the one empty array that an object's beginning ends with. */
function keyOfOpenArray(head: string): string | undefined {
  if (!head.endsWith('[')) return undefined;
  const empty = Object.entries(asObject(JSON.parse(`${head}]}`))).filter(
    ([, value]) => Array.isArray(value) && value.length === 0,
  );
  return empty.length === 1 ? empty[0]?.[0] : undefined;
}

function asObject(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
