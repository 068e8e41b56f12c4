import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AdmissionContext } from '../../src/domain/kernel/event/admission.ts';
import type { Fact } from '../../src/domain/kernel/event/event.ts';
import { merchantChangesOf } from '../../src/domain/merchant/changes.ts';
import { likelyDuplicates, nameKey, type Compared } from '../../src/domain/merchant/duplicates.ts';
import { identityVersion } from '../../src/domain/merchant/fields.ts';
import { applyMerchant, merchantSight, type MerchantState } from '../../src/domain/merchant/merchant.ts';
import { refusalOfOpenCases } from '../../src/domain/merchant/register.ts';
import {
  defaultProcedure,
  entriesOf,
  shippedRules,
  type Rulebook,
} from '../../src/domain/procedure/index.ts';
import { procedureSchemas, publicationRule } from '../../src/domain/procedure/published.ts';
import { admitFact, recordsIn, type AnyState } from '../../src/domain/streams.ts';
import { actorAt, factOf } from '../support/facts.ts';

const MALL = '/HS/C1/M01';
const SHOP = '/HS/C1/M01/S001';
const ELSEWHERE = '/HS/C1/M02';

const FIELDS = {
  name: '虚构服饰店',
  creditCode: null,
  category: 'enterprise',
  address: '一楼',
  contactName: null,
  phone: null,
};

const fact = (type: string, payload: object, { version = 1, id = 'm1', by = '/HS/C1' } = {}): Fact => ({
  ...factOf('merchant', id, type, payload, actorAt(by)),
  version,
});

const registered = (id = 'm1', over: object = {}): MerchantState =>
  after(
    undefined,
    fact('merchant-registered', { ...FIELDS, unitPath: MALL, invented: true, ...over }, { id }),
  );

function after(state: MerchantState | undefined, one: Fact): MerchantState {
  const ruling = applyMerchant(state, one);
  if (ruling.kind !== 'legal') throw new Error(`${one.type}: ${JSON.stringify(ruling)}`);
  return ruling.state;
}

function refused(state: MerchantState, one: Fact): string {
  const ruling = applyMerchant(state, one);
  return ruling.kind === 'illegal'
    ? `${ruling.refusal.rule} ${ruling.refusal.field ?? ''}`.trim()
    : ruling.kind;
}

/** What a workstation, or the centre, makes of a fact where these entries are known. */
function admitted(
  state: MerchantState,
  one: Fact,
  others: MerchantState[] = [],
  side: AdmissionContext<Rulebook>['side'] = 'receiving',
): string {
  const known = new Map([state, ...others].map((entry) => [entry.id, entry]));
  const named = new Set(recordsIn(one).map(({ id }) => id));
  const current: AnyState = { kind: 'merchant', state };
  const ruling = admitFact({ current, inSight: true }, one, {
    side,
    receivedAt: side === 'recording' ? null : '2027-01-01T00:00:00.000Z',
    source: { unitPath: one.unitPath, centre: false },
    rules: shippedRules,
    levelOf: (path) => (path === '/HS/NONE' ? 0 : 2),
    partyOf: () => 'operator',
    exists: (path) => path !== '/HS/NONE',
    person: () => ({
      name: '测试员',
      role: 'mediator',
      unitPath: one.actor.unitPath,
      active: true,
      assignments: [{ role: 'mediator', unitPath: one.actor.unitPath }],
    }),
    // Whoever judges loads what the fact is said to name, and nothing else.
    record: ({ id }) => (named.has(id) ? known.get(id) : undefined),
  });
  return ruling.kind === 'illegal'
    ? `${ruling.refusal.rule} ${ruling.refusal.field ?? ''}`.trim()
    : ruling.kind;
}

const merged = (intoId: string, id = 'm1') => fact('merchant-merged', { intoId, intoName: '另一家' }, { id });
const unmerged = (intoId: string, id = 'm1') => fact('merchant-unmerged', { intoId }, { id });
const moved = (over: object = {}) =>
  fact('merchant-moved', {
    fromPath: MALL,
    toPath: ELSEWHERE,
    movedOn: '2026-03-01',
    address: '二楼',
    ...over,
  });

describe('entries of one merchant', () => {
  it('merged and taken back leave both as they were, whatever they had become', () => {
    const step = fc.constantFrom(
      fact('merchant-updated', { ...FIELDS, phone: '0574-1' }),
      fact('merchant-updated', { ...FIELDS, aliases: ['330203000012343'] }),
      fact('commitment-made', {
        commitmentId: 'c1',
        windowDays: 7,
        windowStartsNextDay: true,
        excludedGoods: [],
        effectiveFrom: '2026-01-01',
        note: null,
      }),
      moved(),
      merged('m3'),
      unmerged('m3'),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 8 }), (steps) => {
        let state = registered();
        for (const one of steps) {
          const ruling = applyMerchant(state, one);
          if (ruling.kind === 'legal') ({ state } = ruling);
        }
        fc.pre(state.mergedInto === undefined);
        const { revision: _before, ...was } = state;
        const { revision: _after, ...is } = after(after(state, merged('m2')), unmerged('m2'));
        expect(is).toEqual(was);
      }),
    );
  });

  it('are refused with field and rule: itself, one that is merged, one that was not', () => {
    const state = registered();
    expect(refused(state, merged('m1'))).toBe('merge-with-itself intoId');
    expect(refused(state, unmerged('m2'))).toBe('merchant-not-merged intoId');
    const gone = after(state, merged('m2'));
    expect(gone.mergedInto).toMatchObject({ id: 'm2', name: '另一家' });
    expect(refused(gone, merged('m3'))).toBe('merchant-is-merged intoId');
    expect(refused(gone, unmerged('m3'))).toBe('merchant-not-merged intoId');
  });

  it('are refused at both sides where the other does not exist, is merged itself, or is out of scope', () => {
    const [one, two] = [registered('m1'), registered('m2')];
    for (const side of ['recording', 'receiving'] as const) {
      expect(admitted(one, merged('m2'), [two], side)).toBe('legal');
      expect(admitted(one, merged('m9'), [two], side)).toBe('merchant-missing intoId');
      expect(admitted(one, merged('m2'), [after(two, merged('m3', 'm2'))], side)).toBe(
        'merge-into-merged intoId',
      );
      const far = registered('m2', { unitPath: '/HS/C1/M02' });
      const byMall = { ...merged('m2'), actor: actorAt(MALL), unitPath: MALL };
      expect(admitted(one, byMall, [far], side)).toBe('outside-scope intoId');
    }
  });

  it('never come to a circle, in whatever order merges arrive that were made apart', () => {
    const ids = ['m1', 'm2', 'm3', 'm4'];
    const merge = fc.tuple(fc.constantFrom(...ids), fc.constantFrom(...ids), fc.boolean());
    fc.assert(
      fc.property(fc.array(merge, { maxLength: 12 }), (merges) => {
        const entries = new Map(ids.map((id) => [id, registered(id)]));
        for (const [id, intoId, back] of merges) {
          const one = back ? unmerged(intoId, id) : merged(intoId, id);
          const state = entries.get(id)!;
          if (admitted(state, one, [...entries.values()]) === 'legal') entries.set(id, after(state, one));
        }
        for (const id of ids) {
          const seen = new Set<string>();
          for (let at: string | undefined = id; at !== undefined; at = entries.get(at)?.mergedInto?.id) {
            expect(seen.has(at)).toBe(false);
            seen.add(at);
          }
        }
      }),
    );
  });

  it('with cases in dispute on both sides are not merged', () => {
    expect(refusalOfOpenCases(1, 2)).toMatchObject({ rule: 'merge-cases-open', field: 'intoId' });
    expect([refusalOfOpenCases(0, 2), refusalOfOpenCases(3, 0)]).toEqual([null, null]);
  });

  it('are found by code, number and name in one place, and are several merchants in several', () => {
    const entry = (id: string, over: Partial<Compared>): Compared => ({
      id,
      name: id,
      creditCode: null,
      unitPath: MALL,
      ...over,
    });
    const [code, other] = ['91330100799655058B', '91330200711192037M'];
    const pairs = (...entries: Compared[]): string[] =>
      likelyDuplicates(entries).map(({ first, second, grounds }) => `${first} ${second} ${grounds.join()}`);
    expect(nameKey('（虚构）ＡＢＣ 店')).toBe(nameKey('(虚构)abc店'));
    expect(
      pairs(entry('a', { name: '虚构 ABC（店）' }), entry('b', { name: '虚构ＡＢＣ(店)', unitPath: SHOP })),
    ).toEqual(['a b name']);
    // Two shops of one company.
    expect(
      pairs(
        entry('a', { name: '连锁', creditCode: code }),
        entry('b', { name: '连锁', creditCode: code, unitPath: ELSEWHERE }),
      ),
    ).toEqual([]);
    expect(
      pairs(
        entry('a', { creditCode: code, aliases: ['330203000012343'] }),
        entry('b', { creditCode: code }),
        entry('c', { aliases: ['330203000012343'], unitPath: ELSEWHERE }),
        entry('d', { creditCode: other }),
      ),
    ).toEqual(['a b code', 'a c number']);
    expect(
      pairs(entry('a', { name: '甲', creditCode: code }), entry('b', { name: '甲', creditCode: code })),
    ).toEqual(['a b code,name']);
  });
});

describe('a merchant that moves', () => {
  it('is known where it traded and where it trades, and each place says until when', () => {
    const state = after(registered(), moved());
    expect(state).toMatchObject({
      unitPath: ELSEWHERE,
      address: '二楼',
      earlierPlaces: [{ unitPath: MALL, address: '一楼', until: '2026-03-01' }],
    });
    expect(merchantSight(state).toSorted()).toEqual(['/HS', '/HS/C1', MALL, ELSEWHERE]);
    const back = after(state, moved({ fromPath: ELSEWHERE, toPath: MALL, movedOn: '2026-03-05' }));
    expect(back.earlierPlaces?.map(({ unitPath }) => unitPath)).toEqual([MALL, ELSEWHERE]);
    expect(refused(back, moved({ movedOn: '2026-03-04' }))).toBe('merchant-moved-before movedOn');
  });

  it('is refused with field and rule where it is not, to where it is, and out of scope', () => {
    const state = registered();
    expect(refused(state, moved({ fromPath: ELSEWHERE }))).toBe('merchant-not-there fromPath');
    expect(refused(state, moved({ toPath: MALL }))).toBe('merchant-moved-nowhere toPath');
    expect(refused(state, { ...moved(), actor: actorAt(MALL) })).toBe('outside-scope toPath');
    expect(admitted(state, moved({ toPath: '/HS/NONE' }))).toBe('outside-scope toPath');
    const byDistrict = { ...moved({ toPath: '/HS/NONE' }), actor: actorAt('/HS'), unitPath: '/HS' };
    expect(admitted(state, byDistrict)).toBe('unit-missing toPath');
  });

  it('on a day to come is refused where it is recorded; what was recorded is a fact', () => {
    const tomorrow = moved({ movedOn: '2026-03-11' });
    expect(admitted(registered(), tomorrow, [], 'recording')).toBe('date-in-future movedOn');
    expect(admitted(registered(), tomorrow)).toBe('legal');
  });
});

describe('categories', () => {
  it('are a published list: three of them to choose from, the earlier one for what is on record', () => {
    const list = entriesOf(defaultProcedure, 'merchantCategory');
    expect(list.filter(({ active }) => active).map(({ code }) => code)).toEqual([
      'enterprise',
      'individual-business',
      'social-organisation',
    ]);
    expect(list.find(({ code }) => code === 'other-operator')?.active).toBe(false);
    // A procedure of an older release says nothing of them.
    const { merchantCategory: _, ...codes } = defaultProcedure.codes;
    expect(entriesOf({ ...defaultProcedure, codes }, 'merchantCategory')).toEqual(list);
  });

  it('of another list are retired, never removed', () => {
    const entries = entriesOf(defaultProcedure, 'merchantCategory');
    const published = (kept: typeof entries) =>
      publicationRule(
        undefined,
        procedureSchemas['procedure-published@1'].parse({
          version: 2,
          procedure: {
            ...defaultProcedure,
            effectiveFrom: '2026-04-01',
            codes: {
              ...defaultProcedure.codes,
              merchantCategory: { ...defaultProcedure.codes.merchantCategory!, entries: kept },
            },
          },
        }),
        '2026-03-10',
      );
    expect(published(entries.slice(1))).toMatchObject({
      rule: 'procedure-code-removed',
      field: 'codes.merchantCategory.entries',
    });
    const farm = { code: 'farm', name: { zh: '农户', en: 'Farm' }, active: true };
    expect(published([...entries, farm])).toBeNull();
  });

  it('that older releases do not know travel in a version that they keep as unknown', () => {
    expect(
      ['enterprise', 'other-operator', 'social-organisation'].map((category) =>
        identityVersion({ category }),
      ),
    ).toEqual([1, 1, 2]);
    const social = { ...FIELDS, category: 'social-organisation', unitPath: MALL, invented: false };
    expect(applyMerchant(undefined, fact('merchant-registered', social)).kind).toBe('illegal');
    expect(after(undefined, fact('merchant-registered', social, { version: 2 })).category).toBe(
      'social-organisation',
    );
  });

  it('that no procedure names are refused where they are recorded', () => {
    const update = fact('merchant-updated', { ...FIELDS, category: 'farm' }, { version: 2 });
    expect(admitted(registered(), update, [], 'recording')).toBe('procedure-code-unknown category');
    expect(admitted(registered(), update)).toBe('legal');
  });
});

describe('what a merchant is known by', () => {
  const contact = { name: '王经理', role: '店长', phone: '0574-1', from: '2026-01-01', to: null };

  it('stays where a fact of an earlier release does not say it', () => {
    const more = after(
      registered(),
      fact('merchant-updated', { ...FIELDS, aliases: ['330203000012343'], contacts: [contact] }),
    );
    const later = after(more, fact('merchant-updated', { ...FIELDS, phone: '0574-2' }));
    expect(later).toMatchObject({ aliases: ['330203000012343'], contacts: [contact], phone: '0574-2' });
  });

  it('is shown in the history as it was and as it is, a move in between', () => {
    const past = [
      fact('merchant-registered', { ...FIELDS, unitPath: MALL, invented: false }),
      moved(),
      fact('merchant-updated', { ...FIELDS, address: '三楼', aliases: ['1'], contacts: [contact] }),
      fact(
        'merchant-updated',
        { ...FIELDS, address: '三楼', category: 'social-organisation' },
        { version: 2 },
      ),
    ].map(({ type, payload }, index) => ({ eventId: `e${index}`, type, payload, counts: true }));
    const changes = merchantChangesOf(past);
    expect(changes.get('e2')).toEqual([
      { field: 'address', before: '二楼', after: '三楼' },
      { field: 'aliases', before: null, after: ['1'] },
      { field: 'contacts', before: null, after: ['王经理 · 店长 · 0574-1 · 2026-01-01–'] },
    ]);
    expect(changes.get('e3')).toEqual([
      { field: 'category', before: 'enterprise', after: 'social-organisation' },
    ]);
  });

  it('takes no contact whose time ends before it begins, and no emoji for a name', () => {
    const withContact = (over: object) =>
      refused(registered(), fact('merchant-updated', { ...FIELDS, contacts: [{ ...contact, ...over }] }));
    expect(withContact({ to: '2025-12-31' })).toBe('payload-invalid contacts.0.to');
    expect(withContact({ name: '王\u{1F600}' })).toBe('payload-invalid contacts.0.name');
  });
});
