import { beforeEach, describe, expect, it } from 'vitest';
import { type WorkstationClient } from '../../src/main/workstation.ts';
import { useWorkstations } from '../support/live-workstations.ts';
import { procedureFrom, settleWithin, YEAR_2027 } from '../support/procedures.ts';
import { caseInput } from '../support/workstation.ts';

const workstations = useWorkstations();
let now: Date;
beforeEach(() => setNow('2026-12-01T02:00:00Z'));

function setNow(instant: string): void {
  now = new Date(instant);
  workstations.centre.setNow(now);
}

async function openWorkstation(unitPath: string, staffId: string): Promise<WorkstationClient> {
  return (await workstations.open(staffId, unitPath, staffId, { clock: () => now, leasesNumbers: true })).api;
}

const shopWorkstation = () => openWorkstation('/HS/C1/M01/S001', 'manager-shop');
const mallWorkstation = () => openWorkstation('/HS/C1/M01', 'mediator-mall');
const circleWorkstation = () => openWorkstation('/HS/C1', 'supervisor-circle');

async function register(api: WorkstationClient, over: Record<string, unknown> = {}): Promise<string> {
  return (await api.cases.register(caseInput(over))).id;
}

async function due(api: WorkstationClient, id: string): Promise<string> {
  const { deadline } = (await api.cases.get({ id })).summary;
  return `${deadline?.dueAt.slice(0, 10)}${deadline?.provisional ? ' provisional' : ''}`;
}

async function proved(...apis: WorkstationClient[]): Promise<void> {
  for (const api of apis) expect(await api.sync.now()).toMatchObject({ sign: 'proved' });
}

async function breaches(path: string): Promise<number> {
  const view = await workstations.centre.admin.admin.rollup({ path, from: '2026-01-01', to: '2027-12-31' });
  return view.all.totals['deadline-breached'];
}

async function broken(): Promise<string[]> {
  const { invariants } = await workstations.centre.admin.admin.verify();
  return invariants.flatMap((one) => (one.broken === 0 ? [] : [`${one.name}: ${one.examples.join('; ')}`]));
}

describe('a procedure published at the centre', () => {
  it('arrives at shop, mall and circle; new cases begin under it, open ones keep theirs, wherever they go', async () => {
    const [shop, mall, circle] = [
      await shopWorkstation(),
      await mallWorkstation(),
      await circleWorkstation(),
    ];
    await proved(shop, mall, circle);
    const old = await register(mall);
    await workstations.centre.admin.admin.publishProcedure({
      procedure: procedureFrom('2026-12-01', (one) => {
        settleWithin(one, 2, 3);
        settleWithin(one, 3, 2);
        one.levels[0]!.firstContactHours!.value = 48;
        one.codes.object.entries.push({ code: 'pets', name: { zh: '宠物', en: 'Pets' }, active: true });
      }),
    });
    // Registered before the new one arrives, though it is in force already: legal, under the old one.
    const offline = await register(mall);
    await proved(shop, mall, circle);
    for (const api of [shop, mall, circle])
      expect((await api.procedures.get()).procedure?.versions.map(({ version }) => version)).toEqual([2]);
    const fresh = await register(mall, { category: { object: 'pets', problem: 'quality' } });
    expect(await Promise.all([old, offline, fresh].map((id) => due(mall, id)))).toEqual([
      '2026-12-15',
      '2026-12-15',
      '2026-12-04',
    ]);
    const first = await register(shop);
    const { deadline } = (await shop.cases.get({ id: first })).summary;
    expect(deadline).toMatchObject({
      kind: 'first-contact',
      dueAt: '2026-12-03T02:00:00.000Z',
      procedure: 2,
    });

    // Up to the circle: each keeps its own version's limit there too.
    for (const id of [old, fresh]) {
      await mall.cases.act({
        id,
        revision: 1,
        action: { step: 'case-escalated', payload: { toPath: '/HS/C1', reason: '本级未能解决' } },
      });
    }
    await proved(mall, shop, circle);
    expect(await Promise.all([old, fresh].map((id) => due(circle, id)))).toEqual([
      '2026-12-15',
      '2026-12-03',
    ]);

    // Answered on the 8th: late by the new version, in time by the old.
    setNow('2026-12-08T02:00:00Z');
    for (const id of [old, fresh])
      await circle.cases.act({
        id,
        revision: 2,
        action: { step: 'case-withdrawn', payload: { reason: '自行和解' } },
      });
    await proved(circle);
    expect(await breaches('/HS/C1')).toBe(1);
    expect(await broken()).toEqual([]);
  });

  it('is there for a workstation of a unit that joins afterwards', async () => {
    await workstations.centre.admin.admin.publishProcedure({ procedure: procedureFrom('2026-12-01') });
    await workstations.centre.admin.admin.importCalendarYear({ file: YEAR_2027 });
    await workstations.centre.admin.admin.createUnits({
      units: [{ path: '/HS/C1/M03', name: '新商场', level: 2, party: 'operator', disputePoint: true }],
    });
    await workstations.centre.admin.admin.addStaff({
      staff: [
        {
          id: 'mediator-new',
          name: '新人',
          role: 'mediator',
          unitPath: '/HS/C1/M03',
          passwordHash: workstations.passwordHash,
        },
      ],
    });
    const api = await openWorkstation('/HS/C1/M03', 'mediator-new');
    await proved(api);
    const id = await register(api);
    expect((await api.cases.get({ id })).state.procedure).toBe(2);
    await proved(api);
  });
});

describe('a year of the calendar imported at the centre', () => {
  it('settles provisional deadlines at every workstation, and what the centre counts', async () => {
    setNow('2026-12-21T02:00:00Z');
    const [mall, circle] = [await mallWorkstation(), await circleWorkstation()];
    await proved(mall, circle);
    const accept = async (api: WorkstationClient, id: string, revision: number): Promise<void> => {
      await api.cases.act({ id, revision, action: { step: 'case-accepted', payload: {} } });
    };
    const [kept, up] = [await register(mall), await register(mall)];
    await accept(mall, kept, 1);
    await mall.cases.act({
      id: up,
      revision: 1,
      action: { step: 'case-escalated', payload: { toPath: '/HS/C1', reason: '本级未能解决' } },
    });
    await proved(mall, circle);
    await accept(circle, up, 2);
    expect([await due(mall, kept), await due(circle, up)]).toEqual([
      '2027-01-05 provisional',
      '2027-01-05 provisional',
    ]);
    expect((await mall.deadlines.board({ scope: 'unit' })).provisional).toBe(1);

    await workstations.centre.admin.admin.importCalendarYear({ file: YEAR_2027 });
    await proved(mall, circle);
    expect([await due(mall, kept), await due(circle, up)]).toEqual(['2027-01-06', '2027-01-06']);
    expect((await mall.deadlines.board({ scope: 'unit' })).provisional).toBe(0);

    // On the 6th both are in time; by the provisional deadline they would have been late.
    setNow('2027-01-06T02:00:00Z');
    expect((await circle.deadlines.board({ scope: 'unit' })).today.cases.map(({ id }) => id)).toEqual([up]);
    await circle.cases.act({
      id: up,
      revision: 3,
      action: { step: 'case-withdrawn', payload: { reason: '自行和解' } },
    });
    setNow('2027-01-07T02:00:00Z');
    await mall.cases.act({
      id: kept,
      revision: 2,
      action: { step: 'case-withdrawn', payload: { reason: '自行和解' } },
    });
    await proved(mall, circle);
    expect([await breaches('/HS/C1/M01'), await breaches('/HS/C1')]).toEqual([1, 1]);
    expect(await broken()).toEqual([]);
  });
});
