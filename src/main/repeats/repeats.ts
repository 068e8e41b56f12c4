import { sql, type Selectable } from 'kysely';
import type { Repeats } from '../../contract/workstation/search.ts';
import { shiftDay } from '../../domain/kernel/calendar/index.ts';
import type { CaseState } from '../../domain/case/index.ts';
import { parsePhone } from '../../domain/kernel/text/index.ts';
import { loadState } from '../kernel/store/index.ts';
import type { CaseRow } from '../case/index.ts';
import { matchQuery } from '../kernel/store/search-terms.ts';
import { summarize, todayOf, type CallContext } from '../kernel/parts.ts';
import { serviceError } from '../kernel/errors.ts';
import { os } from '../kernel/implementer.ts';

const DAYS = 365;
/** One person rarely has more; a number shared by many should not fill the screen. */
const SHOWN = 20;
const LOOKED_AT = 200;

type Of = {
  phone: string;
  merchantId: string | null;
  merchantName: string;
  exceptCaseId?: string | undefined;
};

const NOTHING: Repeats = {
  withMerchant: [],
  elsewhere: [],
  facts: { cases: 0, merchants: 0, claimedFen: 0, returns: 0, days: DAYS },
};

/** The rows of a list whose record carries this very phone, newest first, from a day on. */
async function rowsWith<Row>(
  { workstation }: CallContext,
  list: 'case' | 'return',
  phone: string,
  since: string,
): Promise<Row[]> {
  const match = matchQuery(phone);
  if (match === null) return [];
  const terms = sql.table(`${list}_search`);
  const day = sql.ref(list === 'case' ? 'registered_day' : 'requested_day');
  const { rows } = await sql<Row & { state: string }>`
    SELECT listed.*, stream.state FROM ${sql.table(`${list}_row`)} AS listed
    JOIN stream ON stream.kind = ${list} AND stream.id = listed.id
    WHERE listed.row IN (SELECT rowid FROM ${terms} WHERE ${terms} MATCH ${match} ORDER BY rowid DESC LIMIT ${LOOKED_AT})
      AND listed.${day} >= ${since} AND stream.state ->> '$.consumer.phone' = ${phone}
    ORDER BY listed.${day} DESC, listed.row DESC`.execute(workstation.store.read);
  return rows;
}

async function find(context: CallContext, of: Of): Promise<Repeats> {
  const { workstation } = context;
  const read = parsePhone(of.phone);
  if (read.kind !== 'phone') return NOTHING;
  const since = shiftDay(todayOf(workstation), -DAYS);
  const all = await rowsWith<Selectable<CaseRow>>(context, 'case', read.phone, since);
  const cases = all.filter((row) => row.id !== of.exceptCaseId);
  const returns = await rowsWith(context, 'return', read.phone, since);
  const same = (row: Selectable<CaseRow>): boolean =>
    (of.merchantId !== null && row.merchant_id === of.merchantId) ||
    (of.merchantName.trim() !== '' && row.merchant_name === of.merchantName.trim());
  return {
    withMerchant: await summarize(context, 'case', cases.filter(same).slice(0, SHOWN)),
    elsewhere: await summarize(context, 'case', cases.filter((row) => !same(row)).slice(0, SHOWN)),
    facts: {
      cases: cases.length,
      merchants: new Set(cases.map((row) => row.merchant_id ?? row.merchant_name)).size,
      claimedFen: cases.reduce((sum, row) => sum + (row.amount_fen ?? 0), 0),
      returns: returns.length,
      days: DAYS,
    },
  };
}

/** The state of a case in sight. @throws NOT_FOUND */
async function caseOf({ workstation }: CallContext, id: string): Promise<CaseState> {
  const state = await loadState(workstation.store.read, 'case', id);
  if (!state) throw serviceError('NOT_FOUND');
  return state;
}

/** Repeated complaints of one consumer, as far as this workstation may see; shown as facts. */
export const repeats = {
  find: os.repeats.find.handler(({ context, input }) => {
    return find(context, input);
  }),
  askElsewhere: os.repeats.askElsewhere.handler(({ context, input }) => {
    const { staffId } = context.staff;
    return context.workstation.elsewhere.ask({ ...input, staffId });
  }),
  askElsewhereOfCase: os.repeats.askElsewhereOfCase.handler(async ({ context, input }) => {
    const { staffId } = context.staff;
    const { consumer, merchant } = await caseOf(context, input.id);
    return context.workstation.elsewhere.ask({
      phone: consumer.phone,
      merchantId: merchant.merchantId,
      staffId,
    });
  }),
  ofCase: os.repeats.ofCase.handler(async ({ context, input }) => {
    const state = await caseOf(context, input.id);
    return find(context, {
      phone: state.consumer.phone,
      merchantId: state.merchant.merchantId,
      merchantName: state.merchant.name,
      exceptCaseId: state.id,
    });
  }),
};
