import { sql } from 'kysely';
import { COUNT_LIMIT } from '../../contract/workstation/base.ts';
import type { ProvisionalCases } from '../../contract/workstation/procedure.ts';
import { topOf } from '../../domain/procedure/rulebook.ts';
import { requireIdentity, summarize, todayOf, type CallContext } from '../kernel/parts.ts';
import { os } from '../kernel/implementer.ts';

const SHOWN = 50;

async function provisional(context: CallContext): Promise<ProvisionalCases> {
  const { read } = context.workstation.store;
  const { rows } = await sql<{ id: string }>`
    SELECT id FROM case_row WHERE provisional = 1 AND open = 1 ORDER BY due_order, row LIMIT ${SHOWN}`.execute(
    read,
  );
  const counted = await sql<{ total: number }>`
    SELECT count(*) AS total FROM (
      SELECT 1 FROM case_row WHERE provisional = 1 AND open = 1 LIMIT ${COUNT_LIMIT + 1})`.execute(read);
  return { cases: await summarize(context, 'case', rows), total: counted.rows[0]?.total ?? 0 };
}

/** The rules that are data, as they hold at this workstation. */
export const procedures = {
  get: os.procedures.get.handler(({ context }) => {
    const { unitPath } = requireIdentity(context);
    const rules = context.workstation.directory.rules();
    const top = topOf(unitPath);
    return {
      unitPath,
      day: todayOf(context.workstation),
      procedure: rules.procedures.get(top) ?? null,
      calendar: rules.calendars.get(top)?.state ?? null,
    };
  }),
  provisional: os.procedures.provisional.handler(({ context }) => provisional(context)),
};
