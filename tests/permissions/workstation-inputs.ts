import type { InferContractRouterInputs } from '@orpc/contract';
import type { WorkstationContract } from '../../src/contract/workstation/index.ts';
import { caseInput } from '../support/workstation.ts';

const id = crypto.randomUUID();
const today = '2026-03-10';
const period = { from: '2026-01-01', to: '2026-03-31' };
const request = {
  goodsCategory: 'clothing' as const,
  goodsName: '大衣',
  purchasedOn: today,
  amountFen: 100,
  condition: 'intact' as const,
  proofType: 'receipt' as const,
  proofNumber: null,
  gift: 'none' as const,
  giftPriceFen: null,
  confirmedUnsuitable: false,
};
const merchant = {
  name: '虚构服饰店',
  creditCode: null,
  category: 'enterprise' as const,
  address: null,
  contactName: null,
  phone: null,
};
const commitment = {
  windowDays: 7,
  windowStartsNextDay: true,
  excludedGoods: [],
  effectiveFrom: today,
  note: null,
};

/** A sound input of each call, of records that are not there; by its type, none is left out. */
export const WORKSTATION_INPUTS: InferContractRouterInputs<WorkstationContract> = {
  session: {
    state: undefined,
    people: undefined,
    signIn: { staffId: 'nobody', password: 'wrong' },
    signOut: undefined,
    enrol: { centreUrl: 'http://127.0.0.1:9', code: 'AAAAA-AAAAA', deviceName: '一号' },
    enrolAgain: { code: 'AAAAA-AAAAA' },
  },
  today: { get: undefined },
  archive: { search: { by: 'merchant', text: '虚构' }, open: { id } },
  cases: {
    list: {},
    get: { id },
    register: caseInput(),
    act: { id, revision: 1, action: { step: 'note-added', payload: { text: '说明' } } },
    undoable: { id },
    undo: { id },
    reveal: { id, reason: '电话通知' },
  },
  deadlines: { board: {} },
  returns: {
    list: {},
    get: { id },
    assess: { merchantId: id, request },
    request: { returnId: id, merchantId: id, consumer: { name: '张三', phone: null }, request },
    decide: {
      id,
      revision: 1,
      decision: { decision: 'refuse', payload: { ground: 'other', text: '已使用' } },
    },
    dispute: { id, revision: 1, caseId: id, consumerPhone: '10012345678', facts: '不予退货' },
  },
  merchants: {
    list: {},
    get: { id },
    register: { merchantId: id, ...merchant, unitPath: '/HS/C1/M01' },
    update: { id, revision: 1, fields: merchant },
    commit: { id, revision: 1, commitment },
    endCommitment: { id, revision: 1, commitmentId: id, effectiveTo: today },
    units: undefined,
  },
  rollup: { units: undefined, get: { path: '/HS/C1/M01', ...period } },
  sync: {
    status: undefined,
    watch: undefined,
    now: undefined,
    attention: undefined,
    dismiss: { eventId: id },
  },
  drafts: {
    list: undefined,
    get: { key: 'case-new' },
    save: { key: 'case-new', title: '新纠纷', values: {} },
    discard: { key: 'case-new' },
  },
  documents: {
    agreement: { caseId: id },
    forCase: { caseId: id },
    preview: { caseId: id, kind: 'receipt', fields: {} },
    issue: { caseId: id, documentId: id, kind: 'receipt', fields: {} },
    file: { caseId: id, documentId: id, variant: 'issued' },
    sign: { manner: 'on-paper', caseId: id, documentId: id, signers: ['consumer'], signedOn: today },
    verify: { number: '甬海消调〔2026〕1号' },
    numbers: undefined,
  },
  evidence: {
    list: { caseId: id },
    withdraw: { caseId: id, sha256: 'a'.repeat(64), reason: '重复' },
  },
  filters: {
    list: undefined,
    save: { id, name: '逾期', query: 'overdue=1' },
    rename: { id, name: '逾期案件' },
    remove: { id },
  },
  fleet: { list: {}, resync: { deviceId: 'device-elsewhere', reason: '核对' } },
  repeats: {
    find: { phone: '10012345678', merchantId: null, merchantName: '虚构服饰店' },
    askElsewhere: { phone: '10012345678', merchantId: null },
    askElsewhereOfCase: { id },
    ofCase: { id },
  },
  search: { rebuild: undefined },
  imports: {
    open: { fileName: 'roster.csv', base64: Buffer.from('名称\n虚构服饰店\n').toString('base64') },
    remap: { importId: id, mapping: { kind: 'merchants', columns: { name: 0 } } },
    commit: { importId: id, unitPath: '/HS/C1/M01' },
  },
  presence: { watch: { caseId: id } },
  procedures: { get: undefined, provisional: undefined },
  supervision: {
    queue: {},
    load: { period },
    draw: { sampleId: id, period, count: 1, seed: 'seed' },
    samples: undefined,
    sample: { id },
    compare: { first: period, second: period },
    drill: { path: '/HS/C1/M01', metric: 'registered', period },
    export: { format: 'xlsx', of: { view: 'queue', filter: {} } },
  },
  settings: { get: undefined, set: { language: 'zh-CN' }, diagnostics: undefined },
};
