import { isContractProcedure } from '@orpc/contract';
import { Procedure } from '@orpc/server';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { sql } from 'kysely';
import { uuidv7 } from 'uuidv7';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { router } from '../../src/central/http/router.ts';
import { centralContract } from '../../src/contract/central.ts';
import { defaultProcedure } from '../../src/domain/procedure/default-procedure.ts';
import { createCentralClient, type CentralClient } from '../../src/protocol/central-client.ts';
import { CHAIN_START, eventHash } from '../../src/protocol/chain.ts';
import { generateDeviceKeys, pushText, sessionText, signText } from '../../src/protocol/keys.ts';
import { stateForm } from '../../src/protocol/state-form.ts';
import { ADMIN_TOKEN, codeFor } from '../support/postgres.ts';
import { YEAR_2027 } from '../support/procedures.ts';
import { MALL, mallMediator, newCase, refusal, steps, useCentre } from './setting.ts';

const setting = useCentre();

const Schema = z.record(z.string(), z.unknown());
const Content = z.record(z.string(), z.object({ schema: Schema }));
const Operation = z.object({
  operationId: z.string(),
  security: z.array(z.record(z.string(), z.array(z.string()))),
  parameters: z
    .array(z.object({ name: z.string(), in: z.string(), required: z.boolean().optional() }))
    .optional(),
  requestBody: z.object({ content: Content }).optional(),
  responses: z.record(z.string(), z.object({ content: Content.optional() })),
});
const Document = z.object({
  openapi: z.string().startsWith('3.1'),
  paths: z.record(z.string(), z.record(z.string(), Operation)),
});

async function document(): Promise<z.infer<typeof Document>> {
  return Document.parse(await (await fetch(`${setting.centre.url}/openapi.json`)).json());
}

function procedures(contract: object, name = ''): { id: string; method: string; path: string }[] {
  return Object.entries(contract).flatMap(([key, one]: [string, unknown]) => {
    const id = name === '' ? key : `${name}.${key}`;
    if (!isContractProcedure(one)) return procedures(one as object, id);
    const { method = 'POST', path = '' } = one['~orpc'].route;
    return [{ id, method: method.toLowerCase(), path }];
  });
}

/** An answer with a member that the document does not name is as wrong as one that lacks one. */
function strictly(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(strictly);
  if (typeof schema !== 'object' || schema === null) return schema;
  const made: Record<string, unknown> = Object.fromEntries(
    Object.entries(schema).map(([key, value]) => [key, strictly(value)]),
  );
  // A part of an intersection does not know the other part's members.
  if ('properties' in made && !('additionalProperties' in made) && made['type'] === 'object')
    made['additionalProperties'] = false;
  if ('allOf' in made) return { ...schema };
  return made;
}

const ajv = new Ajv2020({ strict: false, allErrors: true });
formats.default(ajv);

/** What is wrong with a value by a schema of the document, or null. */
function wrongBy(schema: unknown, value: unknown): unknown {
  const check = ajv.compile(schema as object);
  return check(value) ? null : check.errors;
}

type Exchange = { method: string; path: string; sent: string; status: number; said: string };

describe('the OpenAPI document', () => {
  it('has every call of the contract, with who may make it and the form of its answer', async () => {
    const { paths } = await document();
    const operations = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ id: operation.operationId, method, path })),
    );
    const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : 1);
    expect(operations.toSorted(byId)).toEqual(procedures(centralContract).toSorted(byId));
    for (const { path, method, id } of operations) {
      const operation = paths[path]?.[method];
      const answer = Object.values(operation?.responses['200']?.content ?? {})[0]?.schema ?? {};
      expect(Object.keys(answer), id).not.toEqual([]);
      const needs = operation?.security.flatMap((one) => Object.keys(one));
      const open = ['health', 'enrol', 'challenge', 'session'].includes(id);
      expect(needs, id).toEqual(open ? [] : [id.startsWith('admin.') ? 'administrator' : 'session']);
      expect(operation?.responses['429'], id).toBeDefined();
    }
  });

  it('is what answers are compared with here only: the centre itself checks none', () => {
    const places = (part: unknown): number[] => {
      if (part instanceof Procedure) return [part['~orpc'].outputValidationIndex];
      return typeof part === 'object' && part !== null ? Object.values(part).flatMap(places) : [];
    };
    expect(places(router)).toEqual(procedures(centralContract).map(() => Number.NaN));
  });

  it('holds for every call as it is really made and answered', async () => {
    const exchanges: Exchange[] = [];
    let token = ADMIN_TOKEN;
    const client: CentralClient = createCentralClient({
      baseUrl: setting.centre.url,
      token: () => token,
      fetch: async (input, init) => {
        const request = new Request(input, init);
        const sent = await request.clone().text();
        const response = await fetch(request);
        const stream = response.headers.get('content-type')?.startsWith('text/event-stream') === true;
        exchanges.push({
          method: request.method.toLowerCase(),
          path: decodeURIComponent(new URL(request.url).pathname.replace('/v1', '')),
          sent,
          status: response.status,
          said: stream ? '' : await response.clone().text(),
        });
        return response;
      },
    });
    await allCalls(client, (next) => {
      token = next;
    });

    const { paths } = await document();
    const called = new Set<string>();
    for (const { method, path, sent, status, said } of exchanges) {
      const known = Object.entries(paths).find(([template]) =>
        new RegExp(`^${template.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(path),
      );
      const operation = known?.[1][method];
      const at = `${method} ${path} ${status}`;
      if (!operation) throw new Error(`${at} is not in the document`);
      called.add(operation.operationId);
      if (sent !== '') {
        const form = operation.requestBody?.content['application/json']?.schema;
        expect(wrongBy(form, JSON.parse(sent)), at).toBeNull();
      }
      if (said === '') continue;
      const form = operation.responses[String(status)]?.content?.['application/json']?.schema;
      expect(form, at).toBeDefined();
      expect(wrongBy(strictly(form), JSON.parse(said)), at).toBeNull();
    }
    expect([...called].toSorted()).toEqual(
      procedures(centralContract)
        .map(({ id }) => id)
        .toSorted(),
    );
    // And a check that cannot fail is none.
    const form = paths['/push']?.['post']?.responses['200']?.content?.['application/json']?.schema;
    const wrong = {
      receipts: [],
      head: { sequence: 0, hash: '' },
      centreTime: '2026-01-01T00:00:00Z',
      more: 1,
    };
    expect(wrongBy(strictly(form), wrong)).not.toBeNull();
  });
});

/** Every call of the contract once, with real answers, refusals among them. */
async function allCalls(client: CentralClient, use: (token: string) => void): Promise<void> {
  const { admin } = client;
  const code = await codeFor(setting.centre, MALL);
  const keys = generateDeviceKeys();
  await client.health();
  const { deviceId } = await client.enrol({ code, name: '试用', publicKey: keys.publicKey });
  await refusal(client.enrol({ code: 'AAAAA-AAAAA', name: '试用', publicKey: keys.publicKey }));
  const { challenge } = await client.challenge({ deviceId });
  const signature = signText(keys.privateKey, sessionText(deviceId, challenge));
  use((await client.session({ deviceId, challenge, signature })).token);

  const draft = (sequence: number, step: { type: string; payload: unknown }, previousHash: string) => {
    const event = {
      id: uuidv7(),
      stream: newCase(),
      version: 1,
      actor: mallMediator,
      device: deviceId,
      deviceSequence: sequence,
      at: new Date().toISOString(),
      unitPath: MALL,
      ...step,
    };
    return { ...event, previousHash, hash: eventHash(event, previousHash) };
  };
  const first = draft(1, steps.register(), CHAIN_START);
  const second = draft(2, steps.accept(), first.hash);
  const batch = {
    events: [first, second],
    signature: signText(keys.privateKey, pushText(deviceId, 2, second.hash)),
  };
  await client.push({ ...batch, runs: true });
  await client.push(batch);
  await refusal(client.push({ ...batch, signature: 'x' }));
  await client.feed({ after: 0 });
  await client.snapshot({ form: stateForm() });
  await archiveCalls(client);
  await client.rollup({ path: MALL, from: '2026-01-01', to: '2026-12-31' });
  await client.report({
    release: '0.1.0',
    deviceTime: new Date().toISOString(),
    sign: 'attention',
    reason: null,
    waiting: 0,
    waitingSince: null,
    rejected: 1,
    quarantined: 0,
    unknown: 0,
    salvaged: 0,
    evidenceWaiting: 0,
    feedPosition: 1,
    resync: null,
  });
  await client.fleet.list({});
  await refusal(client.fleet.resync({ deviceId, reason: '试', staffId: 'mediator-mall' }));
  const stopping = new AbortController();
  for await (const nudge of await client.nudges(undefined, { signal: stopping.signal })) {
    expect(nudge).toEqual({ moved: 'feed' });
    break;
  }
  stopping.abort();
  await client.presence({ open: [{ caseId: first.stream.id, staffIds: ['mediator-mall'] }] });
  await client.repeats.key();
  await client.repeats.ask({ mark: 'a'.repeat(43), merchantId: null, staffId: 'mediator-mall' });
  const year = new Date().getFullYear();
  const { lease } = await client.numbers.lease({ year, count: 10 });
  const pattern = lease?.pattern ?? '';
  await client.numbers.tell({ leases: [{ year, pattern, first: 5, last: 12, used: 0 }] });
  await refusal(
    client.numbers.return({ year, ranges: [{ first: lease?.first ?? 1, last: lease?.last ?? 1 }] }),
  );

  use(ADMIN_TOKEN);
  await admin.createUnits({
    units: [{ path: '/HS/C1/M08', name: '八号', level: 2, party: 'operator', disputePoint: false }],
  });
  const password = { password: 'a-long-password' };
  await admin.addStaff({
    staff: [{ id: 'someone', name: '某人', role: 'mediator', unitPath: MALL, ...password }],
  });
  await admin.assignStaff({ staffId: 'someone', role: 'supervisor', unitPath: MALL });
  await admin.setPassword({ staffId: 'someone', ...password });
  await admin.deactivateStaff({ staffId: 'someone' });
  await refusal(admin.deactivateStaff({ staffId: 'nobody' }));
  await admin.units({});
  await admin.staff({ under: MALL });
  await admin.createCodes({ unitPaths: [MALL] });
  await admin.setNumberPattern({ unitPath: MALL, pattern: '{unit}{year}-{sequence}' });
  await admin.numberAccount({ unitPath: MALL, year });
  await admin.publishProcedure({
    procedure: { ...defaultProcedure, effectiveFrom: '2099-01-01' },
    dryRun: true,
  });
  await admin.procedures({});
  await admin.importCalendarYear({ file: YEAR_2027, source: '通知（虚构）' });
  await admin.resync({ deviceId, reason: '核对' });
  await admin.devices();
  await admin.fleet({});
  await admin.rollup({ path: '/HS', from: '2026-01-01', to: '2026-12-31' });
  await admin.verify();
  await admin.revoke({ deviceId, reason: '试用结束' });
}

/** The archive with a case in it, and every form in which a page of the feed speaks of it. */
async function archiveCalls(client: CentralClient): Promise<void> {
  const { database } = setting.centre.centre;
  await sql`
    INSERT INTO archived_stream SELECT kind, id, circle, 1, now(), NULL, state::json ->> 'number',
      state::json -> 'consumer' ->> 'name', state::json -> 'merchant' ->> 'name', '5678', current_date
    FROM stream WHERE kind = 'case' LIMIT 1`.execute(database);
  const { bare = [] } = await client.feed({ after: 0, archived: 'bare' });
  const [item] = bare;
  if (item === undefined) throw new Error('Nothing bare');
  const { back } = await client.feed({ after: item.position, limit: 1 });
  expect(back).toBeUndefined();
  expect((await client.archive.list({ after: 0 })).streams).toEqual([item.stream]);
  const { staffId } = mallMediator;
  const found = await client.archive.search({ by: 'phone', text: '5678', staffId });
  expect(found.cases).toHaveLength(1);
  await client.archive.open({ id: item.stream.id, staffId });
  await refusal(client.archive.open({ id: 'nowhere', staffId }));
  await sql`DELETE FROM archived_stream`.execute(database);
}
