import { readXlsx } from 'hucre/xlsx';
import { ORPCError } from '@orpc/client';
import { namedIn } from './calling.ts';

/** What a stream says at once is read; one that says nothing in this time says nothing. */
const STREAM_MS = 40;

const isStream = (answer: unknown): answer is AsyncIterator<unknown> =>
  typeof answer === 'object' && answer !== null && Symbol.asyncIterator in answer;

async function firstOf(stream: AsyncIterator<unknown>): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<null>((resolve) => {
    timer = setTimeout(resolve, STREAM_MS, null);
  });
  const first = await Promise.race([stream.next(), silence]);
  clearTimeout(timer);
  // What is being waited for ends with the window, and is not waited for here.
  void stream.return?.();
  return first?.value;
}

/** Spreadsheets among an answer, as what their cells say. */
async function cellsOf(answer: unknown): Promise<unknown> {
  if (typeof answer !== 'object' || answer === null || !('base64' in answer)) return null;
  const { base64 } = answer;
  if (!('mediaType' in answer) || !String(answer.mediaType).includes('spreadsheet')) return null;
  return (await readXlsx(Buffer.from(String(base64), 'base64'))).sheets.map(({ rows }) => rows);
}

/** All that a call says, as text: its answer, what is in a spreadsheet of it, or what its failure tells. */
export async function toldBy(
  client: object,
  endpoint: string,
  input: unknown,
): Promise<{ outcome: string; text: string }> {
  const call = namedIn(client, endpoint);
  if (typeof call !== 'function') throw new Error(`${endpoint} is no call`);
  try {
    const answer: unknown = await call(input);
    const said = isStream(answer) ? await firstOf(answer) : answer;
    return { outcome: 'answered', text: JSON.stringify([said, await cellsOf(said)]) };
  } catch (error) {
    // Without a code of its own it is one that nobody foresaw, and tells what it says.
    return error instanceof ORPCError
      ? { outcome: error.code, text: JSON.stringify([error.message, error.data]) }
      : { outcome: 'failed', text: String(error) };
  }
}
