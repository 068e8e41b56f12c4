import { ORPCError } from '@orpc/client';

/** A call of a client or an input, by the endpoint's name: `cases.act`. */
export function namedIn(tree: object, endpoint: string): unknown {
  let at: unknown = tree;
  for (const key of endpoint.split('.')) {
    // A client is a function at every place.
    if (at === null || (typeof at !== 'object' && typeof at !== 'function'))
      throw new Error(`${endpoint} is not there`);
    at = Reflect.get(at, key);
  }
  return at;
}

const isStream = (answer: unknown): answer is AsyncIterator<unknown> =>
  typeof answer === 'object' && answer !== null && Symbol.asyncIterator in answer;

/** What became of a call: the code of its failure, or `answered`. A stream is closed before it says anything. */
export async function outcomeOf(client: object, endpoint: string, input: unknown): Promise<string> {
  const call = namedIn(client, endpoint);
  if (typeof call !== 'function') throw new Error(`${endpoint} is no call`);
  try {
    const answer: unknown = await call(input);
    if (isStream(answer)) await answer.return?.();
    return 'answered';
  } catch (error) {
    if (error instanceof ORPCError) return error.code;
    return `failed: ${String(error)}`;
  }
}

/** An input with another value at a path with dots. */
export function withField(input: unknown, path: string, value: unknown): unknown {
  const [key = '', ...deeper] = path.split('.');
  const old: Record<string, unknown> = typeof input === 'object' && input !== null ? { ...input } : {};
  return { ...old, [key]: deeper.length === 0 ? value : withField(old[key], deeper.join('.'), value) };
}
