import type { Selectable } from 'kysely';
import type { RecordVisit, VisitSummary } from '../../contract/workstation/visit.ts';
import { command, noContext } from '../kernel/command.ts';
import type { CallContext } from '../kernel/parts.ts';
import { os } from '../kernel/implementer.ts';
import { readPage } from '../kernel/page.ts';
import type { VisitRow } from './projection.ts';

type ListInput = { search?: string | undefined; limit: number; cursor?: string | undefined };

async function list(
  { workstation }: CallContext,
  { search, limit, cursor }: ListInput,
): Promise<{ items: VisitSummary[]; total: number; cursor: string | null }> {
  const page = await readPage<Selectable<VisitRow>>(workstation.store.read, {
    list: 'visit',
    conditions: [],
    search,
    order: { column: 'visited_at', direction: 'descending' },
    limit,
    cursor,
  });
  const items = page.rows.map((row) => ({
    id: row.id,
    shopName: row.shop_name,
    note: row.note,
    visitedBy: row.visited_by,
    visitedAt: row.visited_at,
    unitName: workstation.directory.nameOf(row.unit_path),
  }));
  return { items, total: page.total, cursor: page.cursor };
}

const recordVisit = command({
  context: noContext,
  decide: ({ visitId, ...payload }: RecordVisit) => ({
    facts: [{ stream: { kind: 'visit', id: visitId }, type: 'visit-recorded', version: 1, payload }],
    result: { id: visitId },
  }),
});

export const visits = {
  list: os.visits.list.handler(({ context, input }) => list(context, input)),
  record: os.visits.record.handler(({ context, input }) => recordVisit(context, input)),
};
