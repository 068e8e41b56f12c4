import { sql } from 'kysely';
import type { AddEvidence, EvidenceList, EvidenceView } from '../../contract/workstation/evidence.ts';
import type { CaseState } from '../../domain/case/index.ts';
import {
  evidenceFrozen,
  mayProvePerformance,
  standingEvidence,
  withdrawalRule,
  type EvidenceItem,
} from '../../domain/evidence/reducer.ts';
import type { EvidenceAdded } from '../../domain/evidence/index.ts';
import { may } from '../../domain/organisation/index.ts';
import { ContentDamaged } from '../../protocol/sealed-content.ts';
import { capture } from './capture.ts';
import { loadState, RuleRefused, type Writer } from '../kernel/store/index.ts';
import { command, noContext, requireSame } from '../kernel/command.ts';
import type { CallContext, StaffContext } from '../kernel/parts.ts';
import { serviceError } from '../kernel/errors.ts';
import { os } from '../kernel/implementer.ts';

/** A case in sight. @throws NOT_FOUND */
async function caseInSight({ workstation }: CallContext, id: string): Promise<CaseState> {
  const state = await loadState(workstation.store.read, 'case', id);
  if (state === undefined) throw serviceError('NOT_FOUND');
  return state;
}

/** The evidence of one case, standing and withdrawn, in the order it was added. */
export async function evidenceOf(context: StaffContext, caseId: string): Promise<EvidenceList> {
  const { staff } = context;
  const { workstation } = context;
  const state = await caseInSight(context, caseId);
  const items = state.evidence ?? [];
  const rows = await workstation.store.read
    .selectFrom('evidence_link as link')
    .leftJoin('evidence_content as content', 'content.sha256', 'link.sha256')
    .select(['link.sha256', 'link.waiting', 'content.held_at'])
    .where('link.case_id', '=', caseId)
    .execute();
  const known = new Map(rows.map((row) => [row.sha256, row]));
  const allowed = may(staff.role, 'case.evidence');
  const frozen = evidenceFrozen(state.status);
  return {
    frozen,
    mayAdd: allowed && frozen === null,
    mayProve: allowed && mayProvePerformance(state.status),
    items: items.map((item): EvidenceView => {
      const row = known.get(item.sha256);
      const stands = item.withdrawn === null;
      const held = (row?.held_at ?? null) !== null;
      const outstanding = stands && held && row?.waiting === 1;
      return {
        ...item,
        unitName: workstation.directory.nameOf(item.addedUnitPath),
        mayWithdraw: allowed && stands && withdrawalRule(state, item, staff.unitPath) === null,
        held,
        outstanding,
        sent: outstanding ? workstation.uploads.sent(item.sha256) : 0,
      };
    }),
  };
}

/** Notes in the fact's own transaction that its content is here. */
async function noteHeld(writer: Writer, sha256: string, size: number, at: string): Promise<void> {
  await sql`
    INSERT INTO evidence_content (sha256, size, held_at) VALUES (${sha256}, ${size}, ${at})
    ON CONFLICT (sha256) DO UPDATE SET held_at = coalesce(held_at, excluded.held_at)`.execute(writer);
}

const recordEvidence = command({
  context: (writer, { workstation }, { added }: { caseId: string; added: EvidenceAdded }) =>
    noteHeld(writer, added.sha256, added.size, workstation.clock().toISOString()),
  decide: ({ caseId, added }) => ({
    facts: [{ stream: { kind: 'case', id: caseId }, type: 'evidence-added', version: 1, payload: added }],
    result: added.sha256,
  }),
});

/**
 * Takes a file in as evidence of a case: content and fact together, or neither.
 * @throws RULE with the file's name, NOT_FOUND outside sight, STORAGE_FULL
 */
export async function addEvidence(
  context: StaffContext,
  input: AddEvidence,
  body: AsyncIterator<Uint8Array>,
): Promise<EvidenceView> {
  const { workstation } = context;
  const state = await caseInSight(context, input.caseId);
  // Said before the bytes are taken in; the reducer says it again when they are.
  const frozen = evidenceFrozen(state.status);
  const proof = input.kind === 'performance' && mayProvePerformance(state.status);
  if (frozen !== null && !proof) throw new RuleRefused({ rule: frozen });
  const sha256 = await capture(workstation.content, input, body, (added) =>
    recordEvidence(context, { caseId: input.caseId, added }),
  );
  const { items } = await evidenceOf(context, input.caseId);
  const view = items.find((item) => item.sha256 === sha256 && item.withdrawn === null);
  if (view === undefined) throw serviceError('NOT_FOUND');
  return view;
}

/**
 * Opens one piece of evidence for reading; what does not lie here is brought from the centre first.
 * @throws NOT_FOUND outside sight or withdrawn; RULE evidence-damaged; CENTRE_UNREACHABLE
 */
export async function openEvidence(
  context: CallContext,
  caseId: string,
  sha256: string,
): Promise<{ item: EvidenceItem; read: (start: number, end: number) => AsyncGenerator<Buffer> }> {
  const { workstation } = context;
  const state = await caseInSight(context, caseId);
  const item = standingEvidence(state).find((one) => one.sha256 === sha256);
  if (item === undefined) throw serviceError('NOT_FOUND');
  const { size, name } = item;
  if (!(await workstation.content.has(sha256)))
    await workstation.downloads.fetch({ caseId, sha256, size, name });
  return {
    item,
    read: async function* (start, end) {
      try {
        yield* workstation.content.read(sha256, start, end);
      } catch (error) {
        if (!(error instanceof ContentDamaged)) throw error;
        workstation.problem('evidence-damaged', error.message);
        throw new RuleRefused({ rule: 'evidence-damaged', parameters: { name } });
      }
    },
  };
}

const withdrawEvidence = command({
  context: noContext,
  decide: ({ caseId, eventId, ...payload }: Withdraw) => ({
    facts: [
      {
        ...(eventId === undefined ? {} : { id: eventId }),
        stream: { kind: 'case', id: caseId },
        type: 'evidence-withdrawn',
        version: 1,
        payload,
      },
    ],
    result: undefined,
  }),
  once: {
    id: ({ eventId }) => (eventId === undefined ? null : { event: eventId }),
    again: ({ stream, payload }, { caseId, sha256, reason }) =>
      requireSame([stream.id, payload], [caseId, { sha256, reason }]),
  },
});

type Withdraw = { caseId: string; sha256: string; reason: string; eventId?: string | undefined };

export const evidence = {
  list: os.evidence.list.handler(({ context, input }) => evidenceOf(context, input.caseId)),
  withdraw: os.evidence.withdraw.handler(async ({ context, input }) => {
    await caseInSight(context, input.caseId);
    await withdrawEvidence(context, input);
    return evidenceOf(context, input.caseId);
  }),
};
