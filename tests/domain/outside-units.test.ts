import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Role, type Fact } from '../../src/domain/kernel/event/event.ts';
import type { Ruling } from '../../src/domain/kernel/event/ruling.ts';
import { Body, CAPABILITIES, may, OUTSIDE_LEVEL, Party } from '../../src/domain/organisation/index.ts';
import { roleRefused } from '../../src/domain/organisation/role-place.ts';
import { applyStaff, assignmentVersion } from '../../src/domain/organisation/staff.ts';
import { applyUnit, LEVELS, unitRefused, type UnitAbove } from '../../src/domain/organisation/unit.ts';
import { admitFact, sightOf } from '../../src/domain/streams.ts';

const NEW_ROLES = ['repair-clerk', 'department-reviewer', 'credit-officer', 'finance-officer'] as const;
const ADMINISTRATOR = { staffId: 'a', name: 'a', role: 'administrator' as const, unitPath: '/HS' };

const fact = (kind: string, id: string, type: string, version: number, payload: unknown): Fact => ({
  stream: { kind, id },
  type,
  version,
  payload,
  actor: ADMINISTRATOR,
  at: '2026-03-02T09:00:00+08:00',
  unitPath: '/HS',
});

const levels = fc.constantFrom(...LEVELS.map(({ level }) => level));
const body = fc.constantFrom(...Body.options);
const above: fc.Arbitrary<UnitAbove | null> = fc.oneof(
  fc.constant(null),
  levels.map((level) => ({ level, body: null })),
  body.map((one) => ({ level: OUTSIDE_LEVEL, body: one })),
);
const given = fc.record({
  path: fc.constant('/HS/X'),
  level: fc.option(fc.integer({ min: 0, max: 12 }), { nil: undefined }),
  party: fc.option(fc.constantFrom(...Party.options), { nil: undefined }),
  disputePoint: fc.boolean(),
  body: fc.option(body, { nil: undefined }),
});

/** The rules again, said the other way round: what makes a unit sound. */
function isSound(unit: Parameters<typeof unitRefused>[0], parent: UnitAbove | null): boolean {
  if (unit.body === undefined)
    return (
      unit.level !== undefined &&
      unit.level >= 1 &&
      unit.level <= 4 &&
      unit.party !== undefined &&
      (parent === null || (parent.body === null && unit.level < parent.level))
    );
  const bare = unit.level === undefined && unit.party === undefined && !unit.disputePoint;
  const place = unit.body === 'window' ? parent?.body === 'department' : parent?.level === 4;
  return bare && place;
}

describe('a new unit', () => {
  it('is created just where it may stand as what it is to be, and else refused with rule and field', () => {
    fc.assert(
      fc.property(given, above, (unit, parent) => {
        const refused = unitRefused(unit, parent);
        expect(refused === null).toBe(isSound(unit, parent));
        if (refused !== null) {
          expect(['level', 'party', 'path', 'disputePoint']).toContain(refused.field);
          expect(refused.parameters).toMatchObject({ path: unit.path });
        }
      }),
    );
  });

  it.each([
    [{ body: 'department' }, { level: 3, body: null }, 'unit-body-below-district', 'path'],
    [{ body: 'bank' }, null, 'unit-body-below-district', 'path'],
    [{ body: 'bank' }, { level: 0, body: 'department' }, 'unit-body-below-district', 'path'],
    [{ body: 'window' }, { level: 4, body: null }, 'unit-window-below-department', 'path'],
    [{ body: 'window' }, { level: 0, body: 'bank' }, 'unit-window-below-department', 'path'],
    [{ body: 'bank', level: 3 }, { level: 4, body: null }, 'unit-body-level', 'level'],
    [{ body: 'bank', party: 'operator' }, { level: 4, body: null }, 'unit-body-party', 'party'],
    [{ body: 'bank', disputePoint: true }, { level: 4, body: null }, 'unit-body-point', 'disputePoint'],
    [{ level: 3, party: 'operator' }, { level: 0, body: 'department' }, 'unit-below-body', 'path'],
    [{ party: 'operator' }, { level: 4, body: null }, 'unit-level-missing', 'level'],
    [{ level: 3 }, { level: 4, body: null }, 'unit-party-missing', 'party'],
    [{ level: 9, party: 'operator' }, null, 'unit-level-unknown', 'level'],
    [{ level: 4, party: 'regulator' }, { level: 4, body: null }, 'unit-not-below-parent', 'level'],
  ] as const)('%j below %j: %s', (unit, parent, rule, field) => {
    expect(unitRefused({ path: '/HS/X', disputePoint: false, ...unit }, parent)).toMatchObject({
      rule,
      field,
    });
  });
});

describe('a unit outside the hierarchy', () => {
  const created = (name: string, version = 2): Ruling<unknown> =>
    applyUnit(
      undefined,
      fact('unit', 'D01', 'unit-created', version, { name: '局', path: '/HS/D01', body: name }),
    );

  it.each(Body.options)('a %s has no level and no dispute point, and is seen by itself and above', (one) => {
    const ruling = created(one);
    expect(ruling).toMatchObject({
      kind: 'legal',
      state: { body: one, level: OUTSIDE_LEVEL, disputePoint: false, path: '/HS/D01' },
    });
    if (ruling.kind !== 'legal') return;
    const state = ruling.state as Parameters<typeof sightOf>[0]['state'];
    expect(sightOf({ kind: 'unit', state } as Parameters<typeof sightOf>[0], () => 0)).toEqual([
      '/HS/D01',
      '/HS',
    ]);
  });

  it('of a body that only a newer release knows is kept for later, and refused when it is malformed', () => {
    expect(created('school')).toEqual({ kind: 'unknown', type: 'unit-created', version: 2 });
    expect(created('not a name')).toMatchObject({ kind: 'illegal' });
    // The first version knows levels only.
    expect(created('department', 1)).toMatchObject({ kind: 'illegal' });
  });

  it('is renamed like any, and made once', () => {
    const ruling = applyUnit(
      undefined,
      fact('unit', 'D01', 'unit-created', 2, { name: '局', path: '/HS/D01', body: 'department' }),
    );
    if (ruling.kind !== 'legal') throw new Error('It is legal');
    const renamed = applyUnit(ruling.state, fact('unit', 'D01', 'unit-renamed', 1, { name: '新局' }));
    expect(renamed).toMatchObject({ kind: 'legal', state: { name: '新局', body: 'department' } });
    expect(
      applyUnit(
        ruling.state,
        fact('unit', 'D01', 'unit-created', 2, { name: '局', path: '/HS/D01', body: 'bank' }),
      ),
    ).toMatchObject({ kind: 'illegal', refusal: { rule: 'unit-exists' } });
  });
});

const UNITS = {
  district: { name: '区', level: 4 },
  circle: { name: '商圈', level: 3 },
  shop: { name: '店', level: 1 },
  department: { name: '局', level: 0, body: 'department' },
  window: { name: '窗', level: 0, body: 'window' },
  bank: { name: '行', level: 0, body: 'bank' },
} as const;

describe('a role', () => {
  it('is held at the units that are its own, and at no other', () => {
    const held = Object.fromEntries(
      Role.options.map((role) => [
        role,
        Object.entries(UNITS).flatMap(([name, unit]) => (roleRefused(role, unit) === null ? [name] : [])),
      ]),
    );
    const hierarchy = ['district', 'circle', 'shop'];
    expect(held).toEqual({
      mediator: hierarchy,
      'shop-manager': hierarchy,
      supervisor: hierarchy,
      administrator: hierarchy,
      'repair-clerk': ['window'],
      'department-reviewer': ['department'],
      'credit-officer': ['district'],
      'finance-officer': ['bank'],
    });
    expect(roleRefused('finance-officer', UNITS.shop)).toEqual({
      rule: 'role-not-at-unit',
      field: 'role',
      parameters: { role: 'finance-officer', unit: '店' },
    });
  });

  it.each(['staff-added', 'staff-assigned'])('is asked for when somebody is %s, on both sides', (type) => {
    const hash = '$argon2id$v=19$m=8,t=1,p=1$YQ$YQ';
    const added = applyStaff(
      undefined,
      fact('staff', 'p', 'staff-added', 1, {
        name: '人',
        role: 'mediator',
        unitPath: '/HS',
        passwordHash: hash,
      }),
    );
    if (added.kind !== 'legal') throw new Error('It is legal');
    const current = type === 'staff-added' ? undefined : ({ kind: 'staff', state: added.state } as const);
    const admit = (role: Role, unit: (typeof UNITS)[keyof typeof UNITS]) =>
      admitFact(
        { current, inSight: true },
        fact('staff', 'p', type, assignmentVersion(role), {
          name: '人',
          role,
          unitPath: '/HS/U',
          passwordHash: hash,
        }),
        {
          side: 'receiving',
          receivedAt: '2026-03-02T09:00:00+08:00',
          source: { unitPath: '/', centre: true },
          exists: () => true,
          person: () => undefined,
          record: ({ kind, id }) => (kind === 'unit' && id === 'U' ? unit : undefined),
          levelOf: () => unit.level,
          partyOf: () => 'operator',
          rules: undefined as never,
        },
      );
    fc.assert(
      fc.property(
        fc.constantFrom(...Role.options),
        fc.constantFrom(...Object.values(UNITS)),
        (role, unit) => {
          const ruling = admit(role, unit);
          const refused = roleRefused(role, unit);
          expect(ruling.kind).toBe(refused === null ? 'legal' : 'illegal');
          if (ruling.kind === 'illegal') expect(ruling.refusal).toEqual(refused);
        },
      ),
    );
  });

  it('that only a newer release knows gives nobody anything, and the fact is kept', () => {
    const payload = {
      name: '人',
      role: 'inspector',
      unitPath: '/HS',
      passwordHash: '$argon2id$v=19$m=8$YQ$YQ',
    };
    expect(applyStaff(undefined, fact('staff', 'p', 'staff-added', 2, payload))).toMatchObject({
      kind: 'unknown',
    });
    // As a release of before sees one of the new roles in the version that it knows; it is written in the next one.
    expect(Role.options.filter((role) => assignmentVersion(role) === 2)).toEqual(NEW_ROLES);
  });

  it('of outside the hierarchy may do what is written for it, and a finance officer nothing', () => {
    const held = (role: Role): string[] => CAPABILITIES.filter((one) => may(role, one));
    expect(NEW_ROLES.map((role) => [role, held(role)])).toEqual([
      ['repair-clerk', ['restoration.read', 'restoration.handle', 'restoration.reveal']],
      [
        'department-reviewer',
        ['figures.read', 'restoration.read', 'restoration.review', 'restoration.reveal'],
      ],
      [
        'credit-officer',
        [
          'merchant.read',
          'credit.read',
          'credit.answer',
          'credit.record',
          'sanction.record',
          'rollup.read',
          'figures.read',
          'restoration.read',
          'restoration.file',
          'restoration.handle',
          'restoration.reveal',
          'street.read',
          'station.read',
        ],
      ],
      ['finance-officer', ['finance.lend', 'consent.read']],
    ]);
  });
});
