import { oc, type ContractRouter } from '@orpc/contract';
import { describe, expect, it } from 'vitest';
import type { Declares } from '../../src/contract/access.ts';
import { capable, open, type Access } from '../../src/contract/workstation/base.ts';
import {
  CAPABILITIES,
  fieldOf,
  IN_SIGHT,
  unitAndBelow,
  unitsNamed,
} from '../../src/domain/organisation/index.ts';
import { callsOf, permissionTable, unguarded } from '../../tools/permission-table.ts';

describe('a contract', () => {
  it('has no call that does not say who may make it', () => {
    expect(permissionTable().unguarded).toEqual([]);
  });

  it('does not compile with one, and one that is planted all the same is found', () => {
    const sound = { group: { one: open('because'), two: capable('case.handle', IN_SIGHT) } };
    expect(unguarded(callsOf<Access>(sound))).toEqual([]);
    // @ts-expect-error A call of the bare builder declares nothing.
    const planted: ContractRouter<Declares<Access>> = { ...sound, deeper: { still: { bare: oc } } };
    expect(unguarded(callsOf<Access>(planted))).toEqual(['deeper.still.bare']);
  });

  it('asks for each capability somewhere, but for those that only the rules of a case ask for', () => {
    const { workstation, centre } = permissionTable();
    const asked = new Set([...workstation, ...centre].flatMap(({ capabilities }) => capabilities));
    expect(CAPABILITIES.filter((one) => !asked.has(one))).toEqual([
      'case.assign',
      'case.review',
      'case.review-own-unit',
    ]);
  });

  it('says of every open call why it is open', () => {
    const { workstation, centre } = permissionTable();
    for (const { endpoint, letsIn, reason } of [...workstation, ...centre]) {
      const isOpen = Object.values(letsIn).every(Boolean);
      expect(reason === null ? '' : reason, endpoint).toMatch(isOpen ? /^[A-Z].+\.$/ : /^$/);
    }
  });
});

describe('the unit that an input names', () => {
  it('is found in what nobody has validated, or is not there', () => {
    expect(fieldOf({ filter: { path: '/HS' } }, 'filter.path')).toBe('/HS');
    for (const input of [
      undefined,
      null,
      'text',
      [],
      { filter: null },
      { filter: 'path' },
      { 'filter.path': 1 },
    ])
      expect(fieldOf(input, 'filter.path')).toBeUndefined();
    expect(fieldOf({}, 'constructor')).toBeUndefined();
    const scope = unitAndBelow('path', 'of.path');
    expect(unitsNamed(scope, { path: '/HS', of: { path: '/HS/C1' } })).toEqual(['/HS', '/HS/C1']);
    expect(unitsNamed(scope, { path: 7, of: {} })).toEqual([]);
    expect(unitsNamed(IN_SIGHT, { path: '/HS' })).toEqual([]);
  });
});
