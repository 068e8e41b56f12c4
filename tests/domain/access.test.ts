import { expect, it } from 'vitest';
import { accessSight, applyAccess } from '../../src/domain/access/access.ts';
import { actorAt, factOf } from '../support/facts.ts';

const SHOP = '/HS/C1/M01/S001';
const made = factOf(
  'access',
  'one',
  'access-made',
  { action: 'print', record: { kind: 'case', id: 'c' }, title: null, what: 'issued 1', reason: null },
  actorAt(SHOP, 'shop-manager'),
);

it('an access is one fact, which nothing changes', () => {
  const first = applyAccess(undefined, made);
  if (first.kind !== 'legal') throw new Error('Refused');
  expect(first.state).toMatchObject({ id: 'one', unitPath: SHOP, at: made.at, action: 'print' });
  expect(applyAccess(first.state, made)).toMatchObject({ refusal: { rule: 'access-exists' } });
  expect(applyAccess(undefined, { ...made, payload: {} })).toMatchObject({ kind: 'illegal' });
  expect(applyAccess(undefined, { ...made, version: 9 })).toMatchObject({ kind: 'unknown' });
});

it('an access is known where it was made and right above, and at the top there alone', () => {
  expect(accessSight({ unitPath: SHOP })).toEqual([SHOP, '/HS/C1/M01']);
  expect(accessSight({ unitPath: '/HS' })).toEqual(['/HS']);
});
