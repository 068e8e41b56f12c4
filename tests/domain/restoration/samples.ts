import { sanctionIdOf } from '../../../src/domain/credit/index.ts';
import type { Actor, Fact } from '../../../src/domain/kernel/event/event.ts';
import type { Ruling } from '../../../src/domain/kernel/event/ruling.ts';
import type { RestorationPayload } from '../../../src/domain/restoration/index.ts';
import { applyRestoration } from '../../../src/domain/restoration/restoration.ts';
import type { RestorationState } from '../../../src/domain/restoration/state.ts';
import { actorAt, factOf } from '../../support/facts.ts';

export const SHOP = '/HS/C1/M01/S001';
export const WINDOW = '/HS/D01/D01W1';
export const departmentAt = (place: number): string => `/HS/D${String(place + 1).padStart(2, '0')}`;
export const manager = actorAt(SHOP, 'shop-manager');
export const clerk = actorAt(WINDOW, 'repair-clerk');
export const officer = actorAt('/HS', 'credit-officer');
export const reviewerAt = (path: string): Actor => actorAt(path, 'department-reviewer');
/** A Tuesday at ten in the morning in Shanghai. */
export const AT = '2026-09-15T02:00:00.000Z';
export const SHA = 'a'.repeat(64);
export const FILE = { size: 1000, mediaType: 'application/pdf' as const };
export const DECISION = { organ: '虚构市场监督管理局', number: '虚市监处罚〔2026〕12号' };
export const SANCTION = sanctionIdOf('m-1', DECISION);

export const matter = (
  over: Partial<RestorationPayload<'restoration-filed@1'>['matters'][number]> = {},
): RestorationPayload<'restoration-filed@1'>['matters'][number] => ({
  matterId: 'k-1',
  type: 'penalty',
  sanctionId: SANCTION,
  ...DECISION,
  determinedOn: '2026-05-06',
  class: 'ordinary',
  channel: 'creditchina',
  proofs: [SHA],
  commitmentId: 'p-1',
  ...over,
});

/** What an invented shop files. */
export const form = (
  over: Partial<RestorationPayload<'restoration-filed@1'>> = {},
): RestorationPayload<'restoration-filed@1'> => ({
  number: 'S001-X2026-1-0001',
  merchantId: 'm-1',
  merchantName: '虚构服饰店',
  merchantPath: SHOP,
  creditCode: null,
  windowPath: WINDOW,
  channel: 'online',
  representative: { name: '张三' },
  handler: { name: '李四', phone: '10012345678', authority: '授权委托书' },
  publication: true,
  matters: [matter()],
  attachments: [{ ...FILE, sha256: SHA, kind: 'performance', name: '缴款凭证.pdf' }],
  commitments: [
    {
      commitmentId: 'p-1',
      version: 1,
      signedBy: '张三',
      signedOn: '2026-09-15',
      how: 'screen',
      signature: 'b'.repeat(64),
    },
  ],
  ...over,
});

export const fact = (type: string, payload: unknown, actor: Actor, at = AT): Fact =>
  factOf('restoration', 'r-1', type, payload, actor, at);

export function legalOf(ruling: Ruling<RestorationState>): RestorationState {
  if (ruling.kind !== 'legal') throw new Error(JSON.stringify(ruling));
  return ruling.state;
}

/** The state after legal facts. @throws where one is refused */
export const stateOf = (...facts: readonly Fact[]): RestorationState => {
  let state: RestorationState | undefined;
  for (const one of facts) state = legalOf(applyRestoration(state, one));
  if (state === undefined) throw new Error('No facts');
  return state;
};

/** The rule and the field by which a fact is refused; its kind where it is not. */
export function refusedBy(state: RestorationState | undefined, one: Fact): string {
  const ruling = applyRestoration(state, one);
  return ruling.kind === 'illegal'
    ? `${ruling.refusal.rule} ${ruling.refusal.field ?? ''}`.trim()
    : ruling.kind;
}

export const filed = (over: Partial<RestorationPayload<'restoration-filed@1'>> = {}, at = AT): Fact =>
  fact('restoration-filed', form(over), manager, at);
export const accepted = (departments: readonly string[], matterIds = ['k-1'], at = AT): Fact =>
  fact(
    'restoration-accepted',
    { asks: departments.map((departmentPath) => ({ departmentPath, matterIds })) },
    clerk,
    at,
  );
export const agreed = (departmentPath: string, matterIds = ['k-1'], at = AT, attempt = 0): Fact =>
  fact(
    'opinion-given',
    { departmentPath, attempt, answers: matterIds.map((matterId) => ({ matterId, verdict: 'agree' })) },
    reviewerAt(departmentPath),
    at,
  );
export const missing = (departmentPath: string, at = AT, attempt = 0): Fact =>
  fact(
    'opinion-given',
    {
      departmentPath,
      attempt,
      answers: [{ matterId: 'k-1', verdict: 'incomplete', missing: '缴款凭证不清晰' }],
    },
    reviewerAt(departmentPath),
    at,
  );
export const refusing = (departmentPath: string, at = AT): Fact =>
  fact(
    'opinion-given',
    {
      departmentPath,
      attempt: 0,
      answers: [
        { matterId: 'k-1', verdict: 'refuse', ground: 'duty-open', article: '第十条', text: '罚款未缴清' },
      ],
    },
    reviewerAt(departmentPath),
    at,
  );
export const returned = (at = AT): Fact => fact('restoration-returned', { reason: '缺少材料' }, clerk, at);
export const completed = (at = AT): Fact =>
  fact(
    'restoration-completed',
    {
      text: '已补充',
      attachments: [{ ...FILE, sha256: 'c'.repeat(64), kind: 'performance', name: '补充.pdf' }],
      proofs: [{ matterId: 'k-1', sha256: 'c'.repeat(64) }],
    },
    manager,
    at,
  );
export const submitted = (at = AT): Fact =>
  fact(
    'restoration-submitted',
    { submissions: [{ platform: 'creditchina', receipt: 'XY-1', on: '2026-09-15' }] },
    clerk,
    at,
  );
export const repaired = (matterIds = ['k-1'], at = AT): Fact =>
  fact(
    'restoration-concluded',
    {
      outcomes: matterIds.map((matterId) => ({
        matterId,
        outcome: 'repaired',
        effectiveAt: at,
        number: 'XF-1',
      })),
    },
    clerk,
    at,
  );
export const declined = (at = AT): Fact =>
  fact(
    'restoration-concluded',
    { outcomes: [{ matterId: 'k-1', outcome: 'refused', ground: 'duty-open', reason: '罚款未缴清' }] },
    clerk,
    at,
  );
