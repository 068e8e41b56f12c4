import { isContractProcedure } from '@orpc/contract';
import { Procedure } from '@orpc/server';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createLive } from '../../src/central/live/live.ts';
import { createConsumerMarks } from '../../src/central/repeats/keys.ts';
import { createMaintenance } from '../../src/central/maintenance/index.ts';
import { createRouter } from '../../src/central/router.ts';
import { createUnitCache } from '../../src/central/kernel/units.ts';
import { centralContract } from '../../src/contract/centre/index.ts';
import { createCentralClient, type CentralClient } from '../../src/protocol/central-client.ts';
import { ADMIN_TOKEN } from '../support/postgres.ts';
import { allCalls } from './all-calls.ts';
import { useCentre } from './setting.ts';

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
      const open = ['health', 'enrol', 'recover', 'challenge', 'session'].includes(id);
      const [group = ''] = id.split('.');
      const shown = { admin: 'administrator', disclosures: 'token' }[group] ?? 'session';
      expect(needs, id).toEqual(open ? [] : [shown]);
      expect(operation?.responses['429'], id).toBeDefined();
    }
  });

  it('is what answers are compared with here only: the centre itself checks none', async () => {
    const { databaseUrl, centre } = setting.centre;
    const { database } = centre;
    const marks = await createConsumerMarks(database);
    const log = pino({ level: 'silent' });
    const live = createLive({
      database,
      databaseUrl,
      units: createUnitCache(),
      log,
      onNudged: () => undefined,
    });
    const maintenance = createMaintenance({
      database,
      databaseUrl,
      clock: () => new Date(),
      ownThread: false,
    });
    const router = createRouter({ live, marks, maintenance });
    await live.close();
    const places = (part: unknown): number[] => {
      if (part instanceof Procedure) return [part['~orpc'].outputValidationIndex];
      return typeof part === 'object' && part !== null ? Object.values(part).flatMap(places) : [];
    };
    expect(places(router)).toEqual(procedures(centralContract).map(() => Number.NaN));
  });

  it('holds for every call as it is really made and answered', async () => {
    const exchanges: Exchange[] = [];
    let token = ADMIN_TOKEN;
    let code: string | undefined;
    const client: CentralClient = createCentralClient({
      baseUrl: setting.centre.url,
      token: () => token,
      code: () => code,
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
    await allCalls(setting.centre, client, (next, second) => {
      token = next;
      code = second;
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
