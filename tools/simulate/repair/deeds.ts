import { uuidv7 } from 'uuidv7';
import type { FileRestoration, RestorationAction } from '../../../src/contract/workstation/restoration.ts';
import { agreedMatters, isAnswered, type RestorationState } from '../../../src/domain/restoration/index.ts';
import { command, noContext } from '../../../src/main/kernel/command.ts';
import { loadState, type NewFact, RuleRefused } from '../../../src/main/kernel/store/index.ts';
import { actOnRestoration, fileRestoration } from '../../../src/main/restoration/commands.ts';
import { instantAt, dayAt, textOf } from './calendar.ts';
import type { Desk } from './desks.ts';
import type { Decision, Merchant, PlannedApplication } from './plan.ts';
import type { Deed, Ending, Verdict } from './truth.ts';

/** Records many facts at once, as an import does. */
const enter = command({
  context: noContext,
  decide: (facts: readonly NewFact[]) => ({ facts: [...facts], result: undefined }),
});

/** The register of a mall's or a shop's merchants. */
export async function registerMerchants(desk: Desk, merchants: readonly Merchant[]): Promise<void> {
  for (let start = 0; start < merchants.length; start += 500)
    await enter(
      desk.context,
      merchants.slice(start, start + 500).map(({ id, name, unitPath }): NewFact => ({
        stream: { kind: 'merchant', id },
        type: 'merchant-registered',
        version: 1,
        payload: {
          name,
          unitPath,
          creditCode: null,
          category: 'enterprise',
          address: null,
          contactName: null,
          phone: null,
          invented: true,
        },
      })),
    );
}

/** Enters decisions at the district, with what was found to be done. */
export async function enterDecisions(desk: Desk, decisions: readonly Decision[]): Promise<void> {
  await enter(
    desk.context,
    decisions.flatMap(({ id, merchant, content, fulfilled }): NewFact[] => {
      const stream = { kind: 'sanction' as const, id };
      const recorded: NewFact = {
        stream,
        type: 'sanction-recorded',
        version: 1,
        payload: {
          entryId: uuidv7(),
          merchantId: merchant.id,
          merchantName: merchant.name,
          merchantPath: merchant.unitPath,
          ...content,
          continues: null,
          again: 0,
        },
      };
      if (!fulfilled) return [recorded];
      const on = textOf(dayAt(desk.minute));
      const payload = { dutyId: 'pay', on, proof: '缴款凭证', evidence: null };
      return [recorded, { stream, type: 'duty-done', version: 1, payload }];
    }),
  );
}

/** An application as it is known at a desk; undefined where it has not arrived. */
export function known(desk: Desk, { id }: PlannedApplication): Promise<RestorationState | undefined> {
  return loadState(desk.running.parts.store.read, 'restoration', id);
}

export const isOver = ({ status }: RestorationState): boolean =>
  status === 'concluded' || status === 'withdrawn' || status === 'expired';

/** Files an application, unless a record of it has not arrived or cannot be applied for any more. */
export async function file(
  desk: Desk,
  application: PlannedApplication,
  at: number,
): Promise<'filed' | 'unknown' | 'over'> {
  const { id, merchant, windowPath, matters } = application;
  for (const { recordId } of matters) {
    const record = await loadState(desk.running.parts.store.read, 'sanction', recordId);
    if (record === undefined) return 'unknown';
    if (record.ended !== null) return 'over';
  }
  const form: FileRestoration = {
    restorationId: id,
    merchantId: merchant.id,
    windowPath,
    channel: merchant.unitPath === desk.path ? 'online' : 'desk',
    representative: { name: '张三' },
    handler: { name: '李四', phone: '10012345678', authority: '授权委托书' },
    publication: true,
    matters: matters.map(({ matterId, recordId, appeal }) => ({
      matterId,
      type: appeal ? 'appeal' : 'penalty',
      sanctionId: recordId,
      proofs: [appeal ? GROUNDS : PROOF],
      commitmentId: 'p-1',
    })),
    attachments: [
      { ...FILE, sha256: PROOF, kind: 'performance', name: '缴款凭证.pdf' },
      { ...FILE, sha256: GROUNDS, kind: 'grounds', name: '申诉理由.pdf' },
    ],
    commitments: [
      {
        commitmentId: 'p-1',
        version: 1,
        signedBy: '张三',
        signedOn: textOf(dayAt(at)),
        how: 'screen',
        signature: PROOF,
      },
    ],
  };
  try {
    await fileRestoration(desk.context, form);
  } catch (error) {
    // It waited for a line, and publication has ended meanwhile by the workstation's own calendar.
    if (error instanceof RuleRefused && error.refusal.rule === 'restoration-ended-already') return 'over';
    throw error;
  }
  const { unitPath, id: merchantId } = merchant;
  desk.journal.push({ kind: 'file', applicationId: id, at, unitPath, windowPath, merchantId, matters });
  return 'filed';
}

/** Papers that nobody opens here: named by their hash, as any. */
const PROOF = 'a'.repeat(64);
const GROUNDS = 'b'.repeat(64);
const FILE = { size: 1000, mediaType: 'application/pdf' as const };

type Own<Kind extends Deed['kind']> = Omit<Extract<Deed, { kind: Kind }>, 'applicationId' | 'at'>;

/** Takes a step by the workstation's own command, and notes what was done. */
async function act<Kind extends Deed['kind']>(
  desk: Desk,
  { id, revision }: RestorationState,
  at: number,
  action: RestorationAction,
  deed: Own<Kind>,
): Promise<void> {
  await actOnRestoration(desk.context, { id, revision, eventId: uuidv7(), action });
  // The kind says which members there are.
  desk.journal.push({ ...deed, applicationId: id, at } as unknown as Deed);
}

export async function accept(
  desk: Desk,
  state: RestorationState,
  { matters }: PlannedApplication,
  at: number,
): Promise<string[]> {
  const departments = [...new Set(matters.flatMap((one) => one.departments))].toSorted();
  const asks = departments.map((departmentPath) => ({
    departmentPath,
    matterIds: matters
      .filter((one) => one.departments.includes(departmentPath))
      .map(({ matterId }) => matterId),
  }));
  await act<'accept'>(
    desk,
    state,
    at,
    { step: 'restoration-accepted', payload: { asks } },
    {
      kind: 'accept',
      asks: asks.map(({ departmentPath, matterIds }) => ({ department: departmentPath, matterIds })),
    },
  );
  return departments;
}

export function giveBack(desk: Desk, state: RestorationState, at: number): Promise<void> {
  const action: RestorationAction = { step: 'restoration-returned', payload: { reason: '材料不全' } };
  return act<'return'>(desk, state, at, action, { kind: 'return' });
}

export function complete(desk: Desk, state: RestorationState, at: number): Promise<void> {
  const payload = { text: '已补充', attachments: [], proofs: [] };
  return act<'complete'>(desk, state, at, { step: 'restoration-completed', payload }, { kind: 'complete' });
}

export function withdraw(desk: Desk, state: RestorationState, at: number): Promise<void> {
  const action: RestorationAction = { step: 'restoration-withdrawn', payload: { reason: '不再需要' } };
  return act<'withdraw'>(desk, state, at, action, { kind: 'withdraw' });
}

export async function answerAsk(
  desk: Desk,
  state: RestorationState,
  at: number,
  verdict: Verdict,
): Promise<void> {
  const ask = state.asks.find(({ departmentPath }) => departmentPath === desk.path);
  if (ask === undefined) throw new Error(`${desk.path} was not asked`);
  const attempt = ask.earlier.length;
  const answers = ask.matterIds.map((matterId) =>
    verdict === 'agree'
      ? { matterId, verdict }
      : verdict === 'refuse'
        ? { matterId, verdict, ground: 'duty-open', article: '第十条', text: '' }
        : { matterId, verdict, missing: '凭证不清晰' },
  );
  const payload = { departmentPath: desk.path, attempt, answers };
  await act<'opinion'>(
    desk,
    state,
    at,
    { step: 'opinion-given', payload },
    {
      kind: 'opinion',
      department: desk.path,
      attempt,
      verdicts: ask.matterIds.map((matterId) => [matterId, verdict]),
    },
  );
}

export async function submit(desk: Desk, state: RestorationState, at: number): Promise<void> {
  const agreed = new Set(agreedMatters(state));
  const platforms = new Set(
    state.matters.filter(({ matterId }) => agreed.has(matterId)).map(({ channel }) => channel),
  );
  const on = textOf(dayAt(at));
  const submissions = [...platforms].map((platform) => ({ platform, receipt: `XY-${state.number}`, on }));
  const action: RestorationAction = { step: 'restoration-submitted', payload: { submissions } };
  await act<'submit'>(desk, state, at, action, { kind: 'submit' });
}

/** Every matter to which all have agreed is repaired, and the others are refused. */
export async function conclude(desk: Desk, state: RestorationState, at: number): Promise<Ending[]> {
  const agreed = new Set(agreedMatters(state));
  const effectiveAt = instantAt(at).toISOString();
  const endings = state.matters.map(({ matterId }): Ending => ({
    matterId,
    outcome: agreed.has(matterId) ? 'repaired' : 'refused',
  }));
  const outcomes = endings.map(({ matterId, outcome }) =>
    outcome === 'repaired'
      ? { matterId, outcome, effectiveAt, number: `XF-${state.number}` }
      : { matterId, outcome, ground: 'duty-open', reason: '罚款未缴清' },
  );
  const action: RestorationAction = { step: 'restoration-concluded', payload: { outcomes } };
  await act<'conclude'>(desk, state, at, action, { kind: 'conclude', endings });
  return endings;
}

export async function object(desk: Desk, state: RestorationState, at: number): Promise<void> {
  const objectionId = uuidv7();
  const payload = { objectionId, text: '对办理结果有异议' };
  await act<'object'>(
    desk,
    state,
    at,
    { step: 'restoration-objected', payload },
    {
      kind: 'object',
      objectionId,
    },
  );
}

export async function answerObjection(desk: Desk, state: RestorationState, at: number): Promise<boolean> {
  const open = state.objections.find(({ answer }) => answer === null);
  if (open === undefined) return false;
  const { objectionId } = open;
  const payload = { objectionId, verdict: 'rejected' as const, text: '已核实' };
  await act<'answer'>(
    desk,
    state,
    at,
    { step: 'objection-answered', payload },
    {
      kind: 'answer',
      objectionId,
    },
  );
  return true;
}

/** What the window sees of the answers. */
export function stageOf(state: RestorationState): 'waiting' | 'incomplete' | 'agreed' | 'refused' {
  if (state.asks.some(({ opinion }) => opinion === null)) return 'waiting';
  if (!isAnswered(state)) return 'incomplete';
  return agreedMatters(state).length > 0 ? 'agreed' : 'refused';
}
