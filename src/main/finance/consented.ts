import { sql } from 'kysely';
import type {
  CONSENTED_STATES,
  ConsentedAnswer,
  ConsentedDetail,
  ConsentedList,
  ConsentedSummary,
} from '../../contract/workstation/finance.ts';
import { consentNumber, consentStanding, type ConsentState } from '../../domain/finance/index.ts';
import { businessDay, shiftDay } from '../../domain/kernel/calendar/index.ts';
import { lastUnit } from '../../domain/kernel/event/unit-path.ts';
import { logAccess } from '../kernel/access-log.ts';
import { serviceError } from '../kernel/errors.ts';
import { type StaffContext, todayOf } from '../kernel/parts.ts';
import { loadState } from '../kernel/store/index.ts';
import { CentreError } from '../kernel/sync/centre-link.ts';
import { linesOf, productsFor } from './detail.ts';

/** A person waits in front of the desk: a line that is that slow counts as none. */
const ANSWERS_WITHIN_MS = 8_000;
/** How long before and after its end a consent is pointed out (assumption). */
const NEAR_DAYS = 30;

function summaryOf(consent: ConsentState, day: string): ConsentedSummary {
  const { id, merchantName, items, purpose, from, until, revoked } = consent;
  const standing = consentStanding(consent, day);
  return {
    id,
    number: consentNumber(id),
    merchantName,
    items,
    purpose,
    from,
    until,
    standing,
    endedOn: revoked === null ? (standing === 'expired' ? until : null) : businessDay(revoked.hand.at),
  };
}

/** Columns of a consent in the table of all records. */
const RECIPIENT = sql<string>`state ->> '$.recipient.unitPath'`;
const UNTIL = sql<string>`state ->> '$.until'`;
const REVOKED_AT = sql<string | null>`state ->> '$.revoked.hand.at'`;

/** Where a page begins: behind so many. */
function placeOf(cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  if (!/^\d{1,9}$/.test(cursor))
    throw serviceError('INPUT_INVALID', { issues: [{ field: 'cursor', rule: 'invalid_value' }] });
  return Number(cursor);
}

type Asked = {
  state: (typeof CONSENTED_STATES)[number];
  search?: string | undefined;
  limit: number;
  cursor?: string | undefined;
};

/** Consents to the officer's own bank: those in force or to come by their end, those that ended the latest first. */
export async function listConsented(
  { workstation, staff }: StaffContext,
  { state, search, limit, cursor }: Asked,
): Promise<ConsentedList> {
  const { read } = workstation.store;
  const day = todayOf(workstation);
  const open = sql`(${REVOKED_AT} IS NULL AND ${UNTIL} >= ${day})`;
  const ours = sql`FROM stream WHERE kind = 'consent' AND state IS NOT NULL AND ${RECIPIENT} = ${staff.unitPath}`;
  const shown = sql`${ours} AND ${state === 'open' ? open : sql`NOT ${open}`}
    ${search ? sql`AND instr(lower(state ->> '$.merchantName'), ${search.toLowerCase()}) > 0` : sql``}`;
  const order =
    state === 'open' ? sql`${UNTIL}, id` : sql`coalesce(substr(${REVOKED_AT}, 1, 10), ${UNTIL}) DESC, id`;
  const place = placeOf(cursor);
  const { rows } = await sql<{ state: string }>`
    SELECT state ${shown} ORDER BY ${order} LIMIT ${limit} OFFSET ${place}`.execute(read);
  const { rows: counted } = await sql<{ total: number }>`SELECT count(*) AS total ${shown}`.execute(read);
  const [soon, lately] = [shiftDay(day, NEAR_DAYS), shiftDay(day, -NEAR_DAYS)];
  const { rows: near } = await sql<{ soon: number; lately: number }>`
    SELECT count(*) FILTER (WHERE ${open} AND ${UNTIL} <= ${soon}) AS soon,
      count(*) FILTER (WHERE NOT ${open} AND coalesce(substr(${REVOKED_AT}, 1, 10), ${UNTIL}) >= ${lately}) AS lately
    ${ours}`.execute(read);
  const total = counted[0]?.total ?? 0;
  const behind = place + rows.length;
  return {
    // The reducer of consents has made what stands under their kind.
    items: rows.map((row) => summaryOf(JSON.parse(row.state) as ConsentState, day)),
    total,
    cursor: behind < total ? String(behind) : null,
    endingSoon: near[0]?.soon ?? 0,
    endedLately: near[0]?.lately ?? 0,
  };
}

/** A consent to the officer's own bank. @throws NOT_FOUND also of one to another */
export async function requireConsented(
  { workstation, staff }: StaffContext,
  id: string,
): Promise<ConsentState> {
  const state = await loadState(workstation.store.read, 'consent', id);
  if (state?.recipient.unitPath !== staff.unitPath) throw serviceError('NOT_FOUND');
  return state;
}

/** One consent with the bank's own lines of credit to its merchant. @throws NOT_FOUND */
export async function consentedDetail(context: StaffContext, id: string): Promise<ConsentedDetail> {
  const { workstation, staff } = context;
  const { read } = workstation.store;
  const consent = await requireConsented(context, id);
  const day = todayOf(workstation);
  const { products, recipients } = (await productsFor(read, consent.merchantPath, day)).products;
  const own = lastUnit(staff.unitPath);
  const codes = new Set(recipients.filter(({ unit }) => unit === own).map(({ code }) => code));
  return {
    ...summaryOf(consent, day),
    recipient: consent.recipient,
    manner: consent.manner,
    signedAs: consent.signer.capacity,
    grantedOn: businessDay(consent.granted.at),
    lines: (await linesOf(read, consent.merchantId)).filter(
      ({ lender }) => lender.unitPath === staff.unitPath,
    ),
    products: products.map(({ code, name, lender }) => ({
      code,
      name,
      own: lender === null || codes.has(lender),
    })),
  };
}

/** Why the centre told nothing. @throws what is no failure of the centre's */
function untold(error: unknown): ConsentedAnswer {
  if (!(error instanceof CentreError)) throw error;
  if (error.code === 'UNREACHABLE') return { kind: 'not-asked', reason: 'offline' };
  const { cause } = error;
  const data = typeof cause === 'object' && cause !== null && 'data' in cause ? cause.data : null;
  return JSON.stringify(data)?.includes('"consent-not-in-force"')
    ? { kind: 'ended' }
    : { kind: 'not-asked', reason: 'refused' };
}

/**
 * Asks the centre what a consent lets the bank be told. Nothing of the answer is kept here: what was told under a consent is not to be
 * read once it ends, offline neither. Booked, and not asked at all where the consent is known to have ended. @throws NOT_FOUND
 */
export async function askConsented(context: StaffContext, consentId: string): Promise<ConsentedAnswer> {
  const { workstation, staff } = context;
  const consent = await requireConsented(context, consentId);
  if (consentStanding(consent, todayOf(workstation)) !== 'in-force') return { kind: 'ended' };
  const link = workstation.link();
  if (link === null) return { kind: 'not-asked', reason: 'offline' };
  await logAccess(context, { action: 'read', kind: 'consent', id: consentId, what: 'disclosure' });
  try {
    const signal = AbortSignal.timeout(ANSWERS_WITHIN_MS);
    const { staffId } = staff;
    const { at, items } = await link.call((client) =>
      client.consents.ask({ consentId, staffId }, { signal }),
    );
    return { kind: 'told', at, items };
  } catch (error) {
    return untold(error);
  }
}
