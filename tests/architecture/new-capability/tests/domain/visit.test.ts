import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Role } from '../../src/domain/kernel/event/event.ts';
import { may } from '../../src/domain/organisation/index.ts';
import { applyVisit, visitDeltas, visitSight } from '../../src/domain/visit/visit.ts';
import { actorAt, factOf } from '../support/facts.ts';

const PAYLOAD = { shopName: '虚构服饰店', note: '明码标价' };

it('a visit is recorded by those who handle cases, once, seen upward and counted where it happened', () => {
  const units = fc.constantFrom('/HS', '/HS/C1', '/HS/C1/M01', '/HS/C1/M01/S001');
  fc.assert(
    fc.property(fc.constantFrom(...Role.options), units, (role, unitPath) => {
      const fact = factOf('visit', 'one', 'visit-recorded', PAYLOAD, actorAt(unitPath, role));
      const first = applyVisit(undefined, fact);
      if (!may(role, 'case.handle')) {
        expect(first).toMatchObject({ kind: 'illegal', refusal: { rule: 'role-may-not' } });
        return;
      }
      if (first.kind !== 'legal') throw new Error(first.kind);
      expect(first.state).toMatchObject({ ...PAYLOAD, id: 'one', unitPath });
      expect(visitSight(first.state)).toHaveLength(unitPath.split('/').length - 1);
      expect(visitDeltas(undefined, fact).counters).toEqual([
        { path: unitPath, day: '2026-03-10', metric: 'visits', dimension: '', value: 1 },
      ]);
      expect(applyVisit(first.state, fact)).toMatchObject({ refusal: { rule: 'visit-exists' } });
    }),
  );
});
