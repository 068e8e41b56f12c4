import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { CaseAction } from '../../src/contract/workstation/case.ts';
import { workstationContract } from '../../src/contract/workstation/index.ts';
import enCommon from '../../src/renderer/kernel/locales/en/common.ts';
import enRules from '../../src/renderer/kernel/locales/en/rules.ts';
import zhCommon from '../../src/renderer/kernel/locales/zh-CN/common.ts';
import zhRules from '../../src/renderer/kernel/locales/zh-CN/rules.ts';
import {
  issuesOfErrors,
  issuesOfSchema,
  sortIssues,
} from '../../src/renderer/kernel/components/form-errors.ts';

// An error is always seen: at its field, or in a notice that names field and rule. What a form does not show, the notice can
// word in both languages; nothing is in neither.

type Schema = { def: { type: string } & Record<string, unknown> };

/** Every path of a schema at which it may refuse a value; `0` stands for any item. */
function pathsOf(schema: Schema, path = ''): string[] {
  const at = (key: string): string => (path === '' ? key : `${path}.${key}`);
  const { def } = schema;
  switch (def.type) {
    case 'object':
      return [
        path,
        ...Object.entries(def['shape'] as Record<string, Schema>).flatMap(([key, inner]) =>
          pathsOf(inner, at(key)),
        ),
      ];
    case 'array':
      return [path, ...pathsOf(def['element'] as Schema, at('0'))];
    case 'union':
      return (def['options'] as Schema[]).flatMap((one) => pathsOf(one, path));
    case 'optional':
    case 'nullable':
    case 'default':
    case 'prefault':
      return pathsOf(def['innerType'] as Schema, path);
    case 'record':
      return [path, ...pathsOf(def['valueType'] as Schema, path)];
    default:
      return [path];
  }
}

type Called = { name: string; input: Schema };

/** Every call that takes something, by its name. */
function callsOf(router: object, prefix = ''): Called[] {
  return Object.entries(router).flatMap(([key, value]: [string, unknown]): Called[] => {
    if (typeof value !== 'object' || value === null) return [];
    const name = prefix === '' ? key : `${prefix}.${key}`;
    if (!('~orpc' in value)) return callsOf(value, name);
    const { inputSchema } = value['~orpc'] as { inputSchema?: Schema };
    return inputSchema?.def ? [{ name, input: inputSchema }] : [];
  });
}

const steps: Called[] = CaseAction.options.map((one) => ({
  name: one.shape.step.value,
  input: one.shape.payload as unknown as Schema,
}));
const calls = [...steps, ...callsOf(workstationContract)];

/** What the notice calls a path by. */
const nameOf = (path: string): string => path.split('.').findLast((part) => !/^\d+$/.test(part)) ?? '';

const words = {
  zh: zhCommon.entered as Record<string, string>,
  en: enCommon.entered as Record<string, string>,
};

/** Filters, pages and settings: chosen from what the screen offers, never typed. */
const NOT_TYPED =
  /^(\w+\.(list|get|search|sample|samples|queue|load|compare|drill|export|open|lookup|verify)|settings\.set|live\.\w+|repeats\.\w+|deadlines\.\w+|presence\.\w+|documents\.(file|agreement|forCase)|filters\.\w+|sync\.\w+|archive\.\w+|imports\.\w+|sanctions\.(preview|importFile|calls)|figures\.\w+|finance\.consented|drafts\.\w+|rollup\.\w+|supervision\.\w+|fleet\.\w+)$/;

describe('every path that a schema may refuse', () => {
  it('is found', () => {
    expect(steps).toHaveLength(CaseAction.options.length);
    expect(pathsOf(CaseAction.options[2].shape.payload as unknown as Schema)).toEqual(
      expect.arrayContaining(['startedAt', 'proposals.0.amountFen', 'statements.consumer']),
    );
    expect(calls.length).toBeGreaterThan(60);
  });

  it.each(calls.filter(({ name }) => !NOT_TYPED.test(name)).map((one) => [one.name, one.input] as const))(
    '%s: has a name in both languages',
    (_, input) => {
      const names = new Set(pathsOf(input).map(nameOf));
      names.delete('');
      const missing = [...names].filter((name) => !(name in words.zh) || !(name in words.en));
      expect(missing).toEqual([]);
    },
  );

  it('is refused by a rule that has words in both languages', () => {
    const codes: z.core.$ZodIssue['code'][] = [
      'invalid_type',
      'too_big',
      'too_small',
      'invalid_format',
      'not_multiple_of',
      'unrecognized_keys',
      'invalid_union',
      'invalid_key',
      'invalid_element',
      'invalid_value',
      'custom',
    ];
    for (const code of codes) {
      expect(zhRules).toHaveProperty(code);
      expect(enRules).toHaveProperty(code);
    }
  });
});

const path = fc
  .array(fc.oneof(fc.constantFrom('more', 'proposals', 'text', 'merchant'), fc.nat({ max: 3 }).map(String)), {
    minLength: 1,
    maxLength: 4,
  })
  .map((parts) => parts.join('.'));
const issue = fc.record({ field: path, rule: fc.constantFrom('required', 'too_big', 'date-in-future') });

describe('an issue', () => {
  it('is at a field of the form that it concerns, or in the notice, and never in neither', () => {
    fc.assert(
      fc.property(fc.array(issue), fc.uniqueArray(path), (issues, fields) => {
        const { placed, loose } = sortIssues(issues, new Set(fields));
        expect(placed.length + loose.length).toBe(issues.length);
        for (const { name, issue: one } of placed) {
          expect(fields).toContain(name);
          expect(`${one.field}.`.startsWith(`${name}.`)).toBe(true);
        }
        for (const one of loose)
          for (const field of fields) expect(`${one.field}.`.startsWith(`${field}.`)).toBe(false);
      }),
    );
  });

  it('says our own rule rather than the code of the schema', () => {
    const action = CaseAction.safeParse({
      step: 'session-recorded',
      payload: {
        heldOn: '2026-03-10',
        place: '柜台',
        attendance: 'both',
        record: '谈过',
        proposalFen: null,
        startedAt: '25:99',
      },
    });
    expect(action.success ? [] : issuesOfSchema(action.error.issues)).toEqual([
      { field: 'payload.startedAt', rule: 'time-unreadable' },
    ]);
  });

  it('of a form is found however deep it lies', () => {
    expect(
      issuesOfErrors({
        merchant: { name: { type: 'too_small', message: 'required', ref: { name: 'merchant.name' } } },
        claims: { root: { type: 'too_small', message: 'Too small: expected array' } },
        proposals: [undefined, { by: { type: 'invalid_value', message: 'Invalid option' } }],
      }),
    ).toEqual([
      { field: 'merchant.name', rule: 'required' },
      { field: 'claims', rule: 'too_small' },
      { field: 'proposals.1.by', rule: 'invalid_value' },
    ]);
  });
});
