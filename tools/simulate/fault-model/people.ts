import { sql } from 'kysely';
import type { CaseAction } from '../../../src/contract/workstation/case.ts';
import { businessDay, shiftDay } from '../../../src/domain/kernel/calendar/index.ts';
import type { CaseState } from '../../../src/domain/case/state.ts';
import type { MerchantState } from '../../../src/domain/merchant/merchant.ts';
import { parentPath } from '../../../src/domain/organisation/unit.ts';
import type { Random } from '../../world/random.ts';
import { v5 } from '../../world/name-id.ts';
import type { SimulatedWorkstation } from './simulated-workstation.ts';
import type { Simulation } from './simulation.ts';

/** A thing a person does at a workstation: its name for the trace, and the command itself. */
export type Deed = { name: string; run: () => Promise<unknown> };

const TEXT = '【虚构示例】双方陈述，核对凭证。';

/** States of one kind that this workstation's own store has, in the order of their ids, which come from the seed. */
async function statesOf<State>(workstation: SimulatedWorkstation, kind: string): Promise<State[]> {
  const { rows } = await sql<{ state: string }>`
    SELECT state FROM stream WHERE kind = ${kind} ORDER BY id`.execute(workstation.running.parts.store.read);
  return rows.map((row) => JSON.parse(row.state) as State);
}

/** Anything, or one thing in particular: a registration that needs much room, a note, the next step to a case's end. */
export type DeedKind = 'any' | 'long' | 'note' | 'end';

/** What this person does next; a note is on one of `among`, where this workstation has it. */
export async function nextDeed(
  simulation: Simulation,
  workstation: SimulatedWorkstation,
  kind: DeedKind = 'any',
  among: readonly string[] = [],
): Promise<Deed> {
  const { random } = simulation;
  const draw = random.next();
  if (kind === 'long') return register(simulation, workstation, true);
  const cases = await statesOf<CaseState>(workstation, 'case');
  if (cases.length === 0) return register(simulation, workstation, false);
  if (kind === 'note') {
    const named = cases.filter((one) => among.includes(one.id));
    return act(workstation, random.pick(named.length > 0 ? named : cases), note(random));
  }
  if (kind === 'end') {
    const open = cases.filter((one) => one.handlingPath === workstation.unitPath && one.status !== 'closed');
    if (open.length === 0) return register(simulation, workstation, false);
    const chosen = random.pick(open);
    return act(workstation, chosen, towardsEnd(simulation, chosen));
  }
  if (draw < 0.3) return register(simulation, workstation, false);
  if (draw < 0.38) return merchantDeed(simulation, workstation);
  if (draw < 0.44) return takeReturn(simulation, workstation);
  const own = cases.filter((one) => one.handlingPath === workstation.unitPath && one.status !== 'closed');
  // Mostly what is theirs to handle; now and then a note on what they only see.
  const chosen = own.length > 0 && draw < 0.92 ? random.pick(own) : random.pick(cases);
  if (draw > 0.88) return undo(workstation, chosen);
  return act(workstation, chosen, stepFor(simulation, workstation, chosen));
}

function register(simulation: Simulation, workstation: SimulatedWorkstation, long: boolean): Deed {
  const { random } = simulation;
  const caseId = v5(simulation.fresh('case'));
  const amountFen = random.whole(20, 900) * 100;
  // Before any clock that went back by days.
  const occurredOn = shiftDay(businessDay(simulation.now().toISOString()), -40);
  return {
    name: 'register',
    run: () =>
      workstation.api.cases.register({
        caseId,
        consumer: { name: '虚构甲', phone: '10012345678' },
        merchant: { merchantId: null, name: '虚构服饰店' },
        facts: { text: long ? '长'.repeat(3900) : TEXT, occurredOn },
        category: { object: 'clothing', problem: 'quality' },
        amountFen,
        claims: ['refund'],
        consents: { publication: false, delegatedMediation: true },
        source: 'walk-in',
        returnId: null,
      }),
  };
}

function act(workstation: SimulatedWorkstation, state: CaseState, action: CaseAction): Deed {
  return {
    name: action.step,
    run: () => workstation.api.cases.act({ id: state.id, revision: state.revision, action }),
  };
}

function undo(workstation: SimulatedWorkstation, state: CaseState): Deed {
  return { name: 'undo', run: () => workstation.api.cases.undo({ id: state.id }) };
}

const note = (random: Random): CaseAction => ({
  step: 'note-added',
  payload: { text: `【虚构示例】备注 ${random.whole(1, 999)}` },
});

/** A step that fits the case's status, mostly; a neighbour's facts may make it illegal at the centre. */
function stepFor(simulation: Simulation, workstation: SimulatedWorkstation, state: CaseState): CaseAction {
  const { random } = simulation;
  if (state.handlingPath !== workstation.unitPath || random.chance(0.15)) return note(random);
  const above = parentPath(workstation.unitPath);
  const today = businessDay(new Date(simulation.now().getTime() + workstation.clockOffset).toISOString());
  const reason = '【虚构示例】本级未能解决。';
  const up: CaseAction[] =
    above === null ? [] : [{ step: 'case-escalated', payload: { toPath: above, reason } }];
  const withdrawn: CaseAction = { step: 'case-withdrawn', payload: { reason: '【虚构示例】撤回。' } };
  const settled: CaseAction = {
    step: 'case-settled',
    payload: {
      instrument: above === null ? 'administrative-mediation' : 'settlement-agreement',
      terms: '【虚构示例】退款。',
      amountFen: random.whole(1, 90) * 100,
      performance: random.chance(0.5)
        ? { kind: 'at-once' }
        : { kind: 'by', dueOn: shiftDay(today, 5), manner: '原路退回' },
    },
  };
  const down = state.handledBy.filter((path) => parentPath(path) === workstation.unitPath);
  const handDown: CaseAction[] = down.map((toPath) => ({
    step: 'case-handed-down',
    payload: { toPath, purpose: 'complete-materials', reason },
  }));
  const sideways: CaseAction[] = ['/HS/C1/M01', '/HS/C1/M02']
    .filter((path) => path !== workstation.unitPath && parentPath(path) === above)
    .map((toPath) => ({ step: 'case-transferred', payload: { toPath, reason } }));
  switch (state.status) {
    case 'registered':
    case 'escalated':
    case 'handed-down':
    case 'transferred':
    case 'taken-over':
      return random.pick([
        { step: 'case-accepted', payload: {} },
        { step: 'case-accepted', payload: {} },
        ...up,
        ...handDown,
        ...sideways,
        withdrawn,
      ]);
    case 'accepted':
    case 'mediating':
      return random.pick([
        {
          step: 'session-recorded',
          payload: { heldOn: today, place: '调解室', attendance: 'both', record: TEXT, proposalFen: null },
        },
        settled,
        { step: 'mediation-failed', payload: { reason: '【虚构示例】差距过大。' } },
        { step: 'violation-reported', payload: { text: '【虚构示例】涉嫌违法。' } },
        { step: 'unit-joined', payload: { path: '/HS/C1', reason } },
        ...up,
        ...sideways,
      ]);
    case 'failed':
      return random.pick([...up, { step: 'case-closed', payload: { satisfaction: 'dissatisfied' } }]);
    case 'settled':
      return {
        step: 'performance-recorded',
        payload: { result: random.chance(0.3) ? 'broken' : 'kept', on: today },
      };
    default:
      return state.status === 'closed'
        ? note(random)
        : { step: 'case-closed', payload: { satisfaction: random.pick(['satisfied', 'unknown']) } };
  }
}

/** The shortest way on to a case's end. */
function towardsEnd(simulation: Simulation, { status }: CaseState): CaseAction {
  const on = businessDay(simulation.now().toISOString());
  if (status === 'settled') return { step: 'performance-recorded', payload: { result: 'kept', on } };
  return ['performed', 'broken', 'failed', 'refused', 'withdrawn', 'terminated'].includes(status)
    ? { step: 'case-closed', payload: { satisfaction: simulation.random.pick(['satisfied', 'unknown']) } }
    : { step: 'case-withdrawn', payload: { reason: '【虚构示例】撤回。' } };
}

async function merchantDeed(simulation: Simulation, workstation: SimulatedWorkstation): Promise<Deed> {
  const { random } = simulation;
  const known = await statesOf<MerchantState>(workstation, 'merchant');
  const mine = known.filter((one) => one.unitPath === workstation.unitPath);
  const fields = {
    creditCode: null,
    category: 'enterprise' as const,
    phone: null,
    address: null,
    contactName: null,
  };
  if (mine.length === 0 || random.chance(0.3)) {
    const merchantId = v5(simulation.fresh('merchant'));
    const name = `虚构商户${random.whole(1, 999)}`;
    const { unitPath } = workstation;
    return {
      name: 'merchant-registered',
      run: () => workstation.api.merchants.register({ merchantId, unitPath, name, ...fields }),
    };
  }
  const { id, revision } = random.pick(mine);
  const renamed = { name: `虚构商户${random.whole(1, 999)}`, ...fields };
  return {
    name: 'merchant-updated',
    run: () => workstation.api.merchants.update({ id, revision, fields: renamed }),
  };
}

async function takeReturn(simulation: Simulation, workstation: SimulatedWorkstation): Promise<Deed> {
  const { random } = simulation;
  const merchants = await statesOf<MerchantState>(workstation, 'merchant');
  const mine = merchants.filter((one) => one.unitPath.startsWith(workstation.unitPath));
  if (mine.length === 0) return merchantDeed(simulation, workstation);
  const { id: merchantId } = random.pick(mine);
  const returnId = v5(simulation.fresh('return'));
  const amountFen = random.whole(20, 500) * 100;
  const purchasedOn = shiftDay(businessDay(simulation.now().toISOString()), -45);
  return {
    name: 'return-requested',
    run: () =>
      workstation.api.returns.request({
        returnId,
        merchantId,
        consumer: { name: '虚构乙', phone: null },
        request: {
          goodsCategory: 'clothing',
          goodsName: '外套',
          purchasedOn,
          amountFen,
          condition: 'intact',
          proofType: 'receipt',
          proofNumber: null,
          gift: 'none',
          giftPriceFen: null,
          confirmedUnsuitable: false,
        },
      }),
  };
}
