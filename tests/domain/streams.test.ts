import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventEnvelope, isRole, OpenName, Role } from '../../src/domain/kernel/event/event.ts';
import { createRegistry } from '../../src/domain/kernel/event/registry.ts';
import { defineStream } from '../../src/domain/kernel/event/stream.ts';
import { knownFacts, knownNames } from '../../src/domain/known-facts.ts';
import { applyMerchant, merchantSchemas } from '../../src/domain/merchant/merchant.ts';
import { merchantStream } from '../../src/domain/merchant/stream.ts';
import { may } from '../../src/domain/organisation/permission.ts';
import { shippedRules } from '../../src/domain/procedure/rulebook.ts';
import {
  applyFact,
  FIRST_KINDS,
  isOpenToWorkstations,
  isStreamKind,
  mayChangeSearch,
  RECORD_KINDS,
  RULE_KINDS,
  storedState,
  STREAM_KINDS,
  streamOf,
  STREAMS,
  type StreamKind,
} from '../../src/domain/streams.ts';
import { IMPORTED } from '../../src/main/kernel/record-numbers.ts';
import { factOf, actorAt, registration } from '../support/facts.ts';

/** Names that travel: any of the form, and those that every object has. */
const names = fc.oneof(
  fc.stringMatching(/^[A-Za-z0-9._-]{1,40}$/),
  fc.constantFrom('constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf'),
);
const kinds = fc.constantFrom(...STREAM_KINDS);

describe('the kinds of stream', () => {
  it('are each defined once, under their own name, with every fact they know', () => {
    expect(new Set(STREAM_KINDS).size).toBe(STREAMS.length);
    for (const kind of STREAM_KINDS) expect(streamOf(kind).kind).toBe(kind);
    const facts = STREAMS.flatMap(({ schemas }) => Object.keys(schemas));
    expect(knownFacts()).toEqual(facts.toSorted());
    expect(knownNames()).toHaveLength(facts.length + Role.options.length);
    expect(() => createRegistry([merchantStream, merchantStream], shippedRules)).toThrow('merchant');
  });

  it('are either needed first or records, and all rules are needed first', () => {
    expect([...FIRST_KINDS, ...RECORD_KINDS].toSorted()).toEqual([...STREAM_KINDS].toSorted());
    for (const kind of RULE_KINDS) expect(FIRST_KINDS).toContain(kind);
  });

  it('number their records by different letters', () => {
    const letters = STREAMS.flatMap(({ numberLetter }) => (numberLetter === null ? [] : [numberLetter]));
    const all = [...letters, IMPORTED];
    expect(all.length).toBeGreaterThan(2);
    expect(new Set(all).size).toBe(all.length);
  });

  it('name only events that they know, where they name events', () => {
    for (const { kind, schemas, names: bearers, search, consumer, writtenBy } of STREAMS) {
      const known = new Set(Object.keys(schemas).map((name) => name.slice(0, name.lastIndexOf('@'))));
      const named = [
        ...(search === null || search.changedBy === 'every-event' ? [] : search.changedBy),
        ...(consumer?.changedBy ?? []),
        ...(writtenBy === 'anyone' ? [] : writtenBy.centreBut),
        ...Object.keys(bearers ?? {}),
      ];
      for (const type of named) expect(known, kind).toContain(type);
    }
  });

  it('are open to workstations for records, and else for the own password only', () => {
    const open = STREAMS.flatMap(({ kind, schemas }) =>
      Object.keys(schemas)
        .map((name) => name.slice(0, name.lastIndexOf('@')))
        .filter((type) => isOpenToWorkstations(kind, type))
        .map((type) => `${kind}/${type}`),
    );
    const closed = open.filter((name) => !RECORD_KINDS.some((kind) => name.startsWith(`${kind}/`)));
    expect(closed).toEqual(['staff/password-changed']);
    expect(open).toContain('case/case-registered');
  });

  it('say by what events a record is found otherwise', () => {
    expect(mayChangeSearch('case', 'case-corrected')).toBe(true);
    expect(mayChangeSearch('case', 'note-added')).toBe(false);
    expect(mayChangeSearch('merchant', 'commitment-made')).toBe(true);
    expect(mayChangeSearch('return', 'return-granted')).toBe(false);
    expect(mayChangeSearch('staff', 'case-corrected')).toBe(false);
  });

  it('cannot be left out of a whole list, and leave nothing out themselves, by the type system', () => {
    // @ts-expect-error all but one are missing
    const forgotten: Record<StreamKind, true> = { unit: true };
    expect(STREAM_KINDS.filter((kind) => !Object.hasOwn(forgotten, kind))).toContain('return');
    const { deltas: _without, ...incomplete } = merchantStream;
    // @ts-expect-error what it adds to the roll-up is missing
    expect(defineStream(incomplete)).not.toHaveProperty('deltas');
    // @ts-expect-error its title is of another state
    defineStream({ ...merchantStream, apply: applyMerchant, title: (state) => state.number });
  });
});

describe('a name that only a newer release knows', () => {
  it('is a text of the border’s form, which cannot be taken for two names', () => {
    fc.assert(fc.property(names, (name) => OpenName.safeParse(name).success));
    for (const name of ['', 'a'.repeat(41), 'case:1', 'a b', 'a\0', '等级', 'a/b'])
      expect(OpenName.safeParse(name).success, name).toBe(false);
    expect(EventEnvelope.shape.stream.safeParse({ kind: 'grade', id: '1' }).success).toBe(true);
  });

  it('of a kind makes a fact unknown, whatever is in it', () => {
    fc.assert(
      fc.property(names, fc.jsonValue(), (kind, payload) => {
        fc.pre(!STREAM_KINDS.some((known) => known === kind));
        const fact = {
          ...factOf('case', 'x', 'case-registered', payload, actorAt('/HS')),
          stream: { kind, id: 'x' },
        };
        expect(isStreamKind(kind)).toBe(false);
        expect(applyFact(undefined, fact, shippedRules)).toEqual({
          kind: 'unknown',
          type: 'case-registered',
          version: 1,
        });
        expect(storedState(kind, '{}')).toBeUndefined();
        expect(isOpenToWorkstations(kind, 'anything')).toBe(true);
      }),
    );
  });

  it('of a role makes every fact unknown, and grants nothing', () => {
    fc.assert(
      fc.property(names, kinds, fc.constantFrom(...knownFacts()), (role, kind, name) => {
        fc.pre(!Role.options.some((known) => known === role));
        const [type = '', version] = name.split('@');
        const fact = {
          ...factOf(kind, 'x', type, registration(), actorAt('/HS')),
          version: Number(version),
          actor: { ...actorAt('/HS'), role },
        };
        expect(isRole(role)).toBe(false);
        expect(applyFact(undefined, fact, shippedRules)).toMatchObject({ kind: 'unknown', type });
      }),
    );
    expect(Role.options.every(isRole)).toBe(true);
    expect(may('supervisor', 'rollup.read')).toBe(true);
  });
});

it('schemas are read through the registry as the reducer reads them', () => {
  expect(Object.keys(streamOf('merchant').schemas)).toEqual(Object.keys(merchantSchemas));
});
