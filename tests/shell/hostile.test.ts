import { isContractProcedure } from '@orpc/contract';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { EVIDENCE_PATH } from '../../src/contract/workstation/evidence.ts';
import { workstationContract } from '../../src/contract/workstation/index.ts';
import { FULL } from '../support/full.ts';
import { oddBody, oddText } from '../support/hostile.ts';
import { openNodeHost, windowOf, type OpenHost } from '../support/node-host.ts';
import { caseInput } from '../support/workstation.ts';

const REQUESTS = FULL ? 6_000 : 400;
const ABREAST = 16;

function pathsOf(contract: object, before = ''): string[] {
  return Object.entries(contract).flatMap(([name, one]: [string, unknown]) =>
    isContractProcedure(one)
      ? [`${before}/${name}`]
      : typeof one === 'object' && one !== null
        ? pathsOf(one, `${before}/${name}`)
        : [],
  );
}

/** Without what is sound with any input and ends the person's session, and without streams, which do not end. */
const APART = new Set(['/session/signOut', '/session/lock', '/sync/watch', '/presence/watch']);
const CALLS = pathsOf(workstationContract).filter((path) => !APART.has(path));
const NAMES = [
  'id',
  'caseId',
  'revision',
  'action',
  'filter',
  'search',
  'unitPath',
  'path',
  'from',
  'to',
  'month',
  'fields',
  'values',
  'key',
  'kind',
  'staffId',
  'password',
  'merchantId',
  'phone',
  'code',
  'format',
  'cursor',
  'limit',
  'files',
  'importId',
  'folder',
];

let desk: OpenHost;
let shown: Record<string, string>;

beforeAll(async () => {
  desk = await openNodeHost((api) => api.cases.register(caseInput()));
  shown = await windowOf(desk);
});
afterAll(() => desk.stop());

const request = fc.record({
  place: fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...CALLS).map((path) => `/rpc${path}`) },
    { weight: 1, arbitrary: oddText.map((one) => `/rpc/${encodeURIComponent(one.toWellFormed())}`) },
    {
      weight: 2,
      arbitrary: fc
        .tuple(fc.constantFrom('', `${EVIDENCE_PATH}/`, '/enter?token=', '/assets/', '/'), oddText)
        .map(([path, one]) => `${path}/${encodeURIComponent(one.toWellFormed())}`),
    },
  ),
  method: fc.option(fc.constantFrom('GET', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'), {
    nil: 'POST',
    freq: 4,
  }),
  known: fc.constantFrom('both', 'both', 'both', 'cookie', 'key', 'neither'),
  type: fc.constantFrom(
    'application/json',
    'application/json; charset=x',
    'text/plain',
    'multipart/form-data',
  ),
  body: oddBody(NAMES, (inside) => ({ json: inside, meta: [] })),
});
type Hostile = typeof request extends fc.Arbitrary<infer One> ? One : never;

async function send({
  place,
  method,
  known,
  type,
  body,
}: Hostile): Promise<{ status: number; code: string }> {
  const { cookie = '', ...key } = shown;
  const headers = {
    'content-type': type,
    ...(known === 'both' || known === 'cookie' ? { cookie } : {}),
    ...(known === 'both' || known === 'key' ? key : {}),
  };
  const init = ['GET', 'HEAD'].includes(method) ? { method, headers } : { method, headers, body };
  const answer = await fetch(`${desk.origin}${place}`, init);
  const said = await answer.text();
  return { status: answer.status, code: /"code":"([A-Z_]+)"/.exec(said)?.[1] ?? '' };
}

/** There is no line in this test: what needs the centre says so, by a status of its own. */
const NO_LINE = new Set(['CENTRE_UNREACHABLE']);

it('whatever is sent to a workstation’s own server is answered without a failure of ours, and records nothing', async () => {
  const { store } = desk.host.workstation.parts;
  const kept = async (): Promise<unknown> =>
    (
      await sql`SELECT (SELECT count(*) FROM event) AS events, (SELECT group_concat(state) FROM stream) AS states`.execute(
        store.read,
      )
    ).rows;
  const before = await kept();
  const failed: string[] = [];
  const statuses = new Map<number, number>();
  const all = fc.sample(request, { numRuns: REQUESTS, seed: FULL ? Date.now() % 2 ** 31 : 15 });
  for (let start = 0; start < all.length; start += ABREAST)
    await Promise.all(
      all.slice(start, start + ABREAST).map(async (one) => {
        const { status, code } = await send(one);
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
        if (status >= 500 && !NO_LINE.has(code))
          failed.push(`${status} ${code} ${JSON.stringify({ ...one, body: one.body.slice(0, 300) })}`);
      }),
    );
  expect(failed).toEqual([]);
  for (const status of [400, 403, 404])
    expect(statuses.get(status) ?? 0, `${status}: ${JSON.stringify([...statuses])}`).toBeGreaterThan(
      REQUESTS / 50,
    );
  expect(await kept()).toEqual(before);
});
