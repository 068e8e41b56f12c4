import { randomUUID } from 'node:crypto';
import type { InferContractRouterInputs } from '@orpc/contract';
import type { CentralContract } from '../../src/contract/centre/index.ts';
import { defaultPolicy } from '../../src/domain/credit/default-policy.ts';
import { defaultProducts } from '../../src/domain/finance/index.ts';
import { businessDay } from '../../src/domain/kernel/calendar/index.ts';
import { defaultProcedure } from '../../src/domain/procedure/default-procedure.ts';
import { sessionText, signText } from '../../src/protocol/keys.ts';
import { stateForm } from '../../src/protocol/state-form.ts';
import { uuidv7 } from 'uuidv7';
import { CIRCLE, circleSupervisor, MALL, newCase, steps } from '../central/setting.ts';
import type { TestDevice } from '../support/device.ts';
import { YEAR_2027 } from '../support/procedures.ts';

const period = { from: '2026-01-01', to: '2026-03-31' };

/** A sound input of each call, in the name of that person; by its type, none is left out. */
export async function inputsFor(
  device: TestDevice,
  staffId: string,
  consentId = 'nobody',
): Promise<InferContractRouterInputs<CentralContract>> {
  const { deviceId } = device;
  const { challenge } = await device.client.challenge({ deviceId });
  const signature = signText(device.keys.privateKey, sessionText(deviceId, challenge));
  const event = device.event({ stream: newCase(), ...steps.register(), actor: circleSupervisor });
  const now = new Date().toISOString();
  const today = businessDay(now);
  const year = Number(today.slice(0, 4));
  const unit = { path: '/HS/C9', name: '九号', level: 3, party: 'operator' as const, disputePoint: false };
  return {
    health: undefined,
    enrol: { code: 'AAAAA-AAAAA', name: '试用', publicKey: device.keys.publicKey },
    keyShare: { share: 'x'.repeat(44) },
    recover: { code: 'AAAAA-AAAAA', deviceId: device.deviceId },
    challenge: { deviceId },
    session: { deviceId, challenge, signature },
    push: { events: [event], signature: device.sign([event]) },
    feed: { after: 0 },
    archive: {
      list: { after: 0 },
      search: { by: 'phone', text: '5678', staffId },
      open: { id: 'nowhere', staffId },
    },
    snapshot: { form: stateForm() },
    rollup: { path: CIRCLE, ...period },
    figures: { path: CIRCLE, ...period },
    grades: { path: CIRCLE, month: '2026-01' },
    report: {
      release: '0.1.0',
      deviceTime: now,
      sign: 'proved',
      reason: null,
      waiting: 0,
      waitingSince: null,
      rejected: 0,
      quarantined: 0,
      unknown: 0,
      salvaged: 0,
      evidenceWaiting: 0,
      feedPosition: 0,
      resync: null,
    },
    creditPolicy: { policy: {}, dryRun: true, staffId },
    fleet: { list: {}, resync: { deviceId, reason: '核对', staffId } },
    nudges: undefined,
    presence: { open: [{ caseId: 'nowhere', staffIds: [staffId] }] },
    repeats: { key: undefined, ask: { mark: 'a'.repeat(43), merchantId: null, staffId } },
    checkCitizen: {
      checkId: uuidv7(),
      merchantId: 'nobody',
      discountId: 'nobody',
      citizen: 'a'.repeat(64),
      consented: true,
      rulesVersion: 1,
      staffId,
    },
    numbers: {
      lease: { year, count: 1 },
      tell: { leases: [] },
      return: { year, ranges: [{ first: 1, last: 1 }] },
    },
    disclosures: {
      grade: { code: 'nobody' },
      points: { code: 'nobody' },
      data: { code: 'nobody', items: ['grade'] },
      line: { type: 'closed', lineId: 'nobody', on: today },
    },
    consents: { ask: { consentId, staffId } },
    admin: {
      createUnits: { units: [unit] },
      addStaff: { staff: [{ name: '某人', role: 'mediator', unitPath: MALL, password: 'a-long-password' }] },
      units: {},
      staff: {},
      assignStaff: { staffId: 'nobody', role: 'mediator', unitPath: MALL },
      deactivateStaff: { staffId: 'nobody' },
      setPassword: { staffId: 'nobody', password: 'a-long-password' },
      createCodes: { unitPaths: [MALL] },
      revoke: { deviceId: 'device-elsewhere', reason: '报废' },
      fleet: {},
      resync: { deviceId: 'device-elsewhere', reason: '核对' },
      devices: undefined,
      rollup: { path: '/HS', ...period },
      figures: { path: '/HS', ...period },
      setNumberPattern: { unitPath: MALL, pattern: '{unit}{year}-{sequence}' },
      numberAccount: { unitPath: MALL, year },
      publishProcedure: {
        procedure: { ...defaultProcedure, effectiveFrom: '2099-01-01' },
        dryRun: true,
      },
      procedures: {},
      importCalendarYear: { file: YEAR_2027, source: '通知（虚构）' },
      gradeMerchants: { month: '2026-01' },
      gradeMerchant: { merchantId: 'nobody' },
      publishCreditPolicy: { policy: { ...defaultPolicy, effectiveFrom: '2099-01-01' }, dryRun: true },
      publishFinanceProducts: {
        products: { ...defaultProducts, effectiveFrom: '2099-01-01' },
        dryRun: true,
      },
      evaluateFinance: { dryRun: true },
      financeOfMerchant: { merchantId: 'nobody' },
      importStanding: {
        unitPath: '/HS',
        importId: randomUUID(),
        asOf: today,
        citizens: [],
        complete: false,
      },
      issueToken: {
        unitPath: MALL,
        scopes: ['grades.read'],
        until: today,
        heldBy: '虚构银行',
        purpose: '贷款审查',
      },
      tokens: undefined,
      revokeToken: { tokenId: 'nobody' },
      verifyDraw: { drawId: 'nobody' },
      verify: undefined,
      rebuild: { dryRun: true },
      administrators: {
        add: { name: '某管理员（虚构）', scopes: ['read'], until: today },
        list: undefined,
        replace: { until: today },
        revoke: { tokenId: 'nobody' },
        acts: {},
      },
    },
  };
}
