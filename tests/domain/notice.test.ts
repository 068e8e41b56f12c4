import { describe, expect, it } from 'vitest';
import { defaultCalendar } from '../../src/domain/kernel/calendar/index.ts';
import { limitationDay } from '../../src/domain/case/limitation.ts';
import { noticeDeadline } from '../../src/domain/case/notice.ts';
import type { CaseState } from '../../src/domain/case/state.ts';
import { defaultProcedure } from '../../src/domain/procedure/default-procedure.ts';

const DISTRICT = '/HS';
const base = {
  status: 'accepted' as const,
  historical: false,
  receivedAt: '2026-09-24T02:00:00.000Z',
  acceptedAt: '2026-09-25T02:00:00.000Z',
  outcomeAt: null,
  handlingPath: DISTRICT,
};
type Noticed = Parameters<typeof noticeDeadline>[0];
const owed = (state: Partial<Noticed>, regulator = true) =>
  noticeDeadline({ ...base, ...state }, 4, regulator, defaultCalendar, defaultProcedure);
const issued = (kind: string, issuedAt: string, unitPath = DISTRICT) =>
  [{ kind, issuedAt, unitPath }] as unknown as NonNullable<CaseState['documents']>;

describe('a notice', () => {
  it('of acceptance is due with the decision: 7 working days from receipt, over holidays and make-up days', () => {
    // The vector of the domain document: 7 working days from 2026-09-24.
    expect(owed({})).toEqual({
      document: 'acceptance-notice',
      dueAt: '2026-10-12T23:59:59.999+08:00',
      provisional: false,
    });
    expect(owed({ status: 'mediating' })?.document).toBe('acceptance-notice');
  });

  it('of refusal has the same limit, one of termination its own from the end', () => {
    const outcomeAt = '2026-09-28T02:00:00.000Z';
    expect(owed({ status: 'refused', acceptedAt: null, outcomeAt })).toMatchObject({
      document: 'refusal-notice',
      dueAt: '2026-10-12T23:59:59.999+08:00',
    });
    expect(owed({ status: 'terminated', outcomeAt: '2026-03-02T02:00:00.000Z' })).toEqual({
      document: 'termination-notice',
      dueAt: '2026-03-11T23:59:59.999+08:00',
      provisional: false,
    });
  });

  it('is not owed once the handling unit has issued it since, by others, or after closing', () => {
    const later = '2026-09-25T03:00:00.000Z';
    expect(owed({ documents: issued('acceptance-notice', later) })).toBeNull();
    // Another unit's paper, an older one, and another kind are not this notice.
    expect(owed({ documents: issued('acceptance-notice', later, '/HS/C1') })).not.toBeNull();
    expect(owed({ documents: issued('acceptance-notice', '2026-09-24T03:00:00.000Z') })).not.toBeNull();
    expect(owed({ documents: issued('mediation-notice', later) })).not.toBeNull();
    expect(owed({}, false)).toBeNull();
    expect(owed({ historical: true })).toBeNull();
    for (const status of ['registered', 'settled', 'closed'] as const) expect(owed({ status })).toBeNull();
  });

  it('waits while the clock stood, and is provisional in a year not announced', () => {
    const stop = { from: '2026-10-08T02:00:00.000Z', to: '2026-10-10T02:00:00.000Z' };
    // Resumed on a make-up Saturday: two working days later.
    expect(owed({ clockStops: [{ cause: 'testing', ...stop }] })?.dueAt).toBe(
      '2026-10-14T23:59:59.999+08:00',
    );
    expect(owed({ receivedAt: '2026-12-24T02:00:00.000Z' })).toMatchObject({
      dueAt: '2027-01-05T23:59:59.999+08:00',
      provisional: true,
    });
  });
});

it.each([
  ['2023-03-10', '2026-03-10'],
  // A period of years that began on 29 February ends with February.
  ['2024-02-29', '2027-02-28'],
  ['2023-12-31', '2026-12-31'],
])('a complaint about %s is in time until %s', (occurredOn, last) => {
  expect(limitationDay(occurredOn, defaultProcedure)).toBe(last);
});
