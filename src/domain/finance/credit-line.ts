import { z } from 'zod';
import { Fen } from '../case/index.ts';
import { businessDay } from '../kernel/calendar/index.ts';
import type { AdmissionContext } from '../kernel/event/admission.ts';
import { DayText, Id, UnitPath, type Fact, type RecordedFact } from '../kernel/event/event.ts';
import type { Refusal } from '../kernel/event/ruling.ts';
import { illegal, legal, type Ruling } from '../kernel/event/ruling.ts';
import { readPayload, type ParsedPayload } from '../kernel/event/schema.ts';
import { ancestorsAndSelf, covers, may } from '../organisation/index.ts';
import { Code, type Rulebook } from '../procedure/index.ts';
import { type ConsentState, consentStanding } from './consent.ts';
import { isOfMerchant } from './own-id.ts';

const Amount = Fen.min(1, 'amount-nothing');
const Line = (max: number) => z.string().trim().min(1).max(max);

/** Facts of one line of credit, as the lender records them. Money in fen. */
export const creditLineSchemas = {
  'credit-line-granted@1': z.object({
    merchantId: Id,
    merchantPath: UnitPath,
    merchantName: Line(160),
    /** The merchant's, as the lender was told. */
    category: Code,
    lender: z.object({ unitPath: UnitPath, name: Line(120) }),
    /** By which the lender was told of the merchant, and may tell of this line. */
    consentId: Id,
    product: Code,
    fen: Amount,
    /** The day of the contract, and the last on which money may be drawn. */
    on: DayText,
    until: DayText,
    /** The lender's own number of it. */
    reference: z.string().regex(/^[A-Za-z0-9-]{1,40}$/, 'finance-reference'),
  }),
  'credit-line-drawn@1': z.object({ entryId: Id, fen: Amount, on: DayText }),
  'credit-line-repaid@1': z.object({ entryId: Id, fen: Amount, on: DayText }),
  'credit-line-closed@1': z.object({ on: DayText }),
};
export type CreditLinePayload<Key extends keyof typeof creditLineSchemas> = z.infer<
  (typeof creditLineSchemas)[Key]
>;

type Entry = CreditLinePayload<'credit-line-drawn@1'> & { kind: 'drawn' | 'repaid' };

/** A line of credit: granted once, drawn and repaid in parts, closed when nothing is owed. */
export type CreditLineState = CreditLinePayload<'credit-line-granted@1'> & {
  id: string;
  drawnFen: number;
  repaidFen: number;
  entries: Entry[];
  closedOn: string | null;
  revision: number;
};

type Read = Exclude<
  ParsedPayload<typeof creditLineSchemas>,
  { key: 'unknown' | 'invalid' | 'credit-line-granted@1' }
>;

/**
 * Applies one fact to a line. The lender's own people record it, those of a unit above both from the lender's list, or the centre for a
 * lender that hands it in by its token.
 */
export function applyCreditLine(state: CreditLineState | undefined, fact: Fact): Ruling<CreditLineState> {
  const read = readPayload(creditLineSchemas, fact);
  if (read.key === 'unknown') return { kind: 'unknown', type: fact.type, version: fact.version };
  if (read.key === 'invalid') return { kind: 'illegal', refusal: read.refusal };
  const { role, unitPath } = fact.actor;
  if (role !== 'administrator' && !may(role, 'finance.lend'))
    return illegal('role-may-not', undefined, { role });
  if (read.payload.on > businessDay(fact.at)) return illegal('date-in-future', 'on');
  if (read.key === 'credit-line-granted@1') {
    if (state) return illegal('credit-line-exists');
    const { payload } = read;
    if (!isOfMerchant(payload.merchantId, fact.stream.id)) return illegal('finance-id-strange', 'merchantId');
    if (!covers(unitPath, payload.lender.unitPath)) return illegal('outside-scope', 'lender.unitPath');
    if (payload.until < payload.on) return illegal('period-reversed', 'until');
    return legal({
      ...payload,
      id: fact.stream.id,
      drawnFen: 0,
      repaidFen: 0,
      entries: [],
      closedOn: null,
      revision: 1,
    });
  }
  if (!state) return illegal('credit-line-missing');
  if (!covers(unitPath, state.lender.unitPath)) return illegal('outside-scope', 'lender.unitPath');
  if (state.closedOn !== null) return illegal('credit-line-closed');
  if (read.payload.on < state.on) return illegal('credit-line-before', 'on', { day: state.on });
  return step({ ...state, revision: state.revision + 1 }, read);
}

function step(next: CreditLineState, read: Read): Ruling<CreditLineState> {
  const owed = next.drawnFen - next.repaidFen;
  if (read.key === 'credit-line-closed@1')
    return owed > 0
      ? illegal('credit-line-owed', 'on', { fen: owed })
      : legal({ ...next, closedOn: read.payload.on });
  const { payload } = read;
  if (next.entries.some(({ entryId }) => entryId === payload.entryId))
    return illegal('credit-line-entry-exists', 'entryId');
  if (read.key === 'credit-line-repaid@1')
    return payload.fen > owed
      ? illegal('credit-line-overpaid', 'fen', { fen: owed })
      : legal({
          ...next,
          repaidFen: next.repaidFen + payload.fen,
          entries: [...next.entries, { ...payload, kind: 'repaid' }],
        });
  // All that is drawn together, whatever was repaid: a line that fills up again is another line (assumption).
  const left = next.fen - next.drawnFen;
  if (payload.fen > left) return illegal('credit-line-above', 'fen', { fen: left });
  if (payload.on > next.until) return illegal('credit-line-over', 'on', { day: next.until });
  return legal({
    ...next,
    drawnFen: next.drawnFen + payload.fen,
    entries: [...next.entries, { ...payload, kind: 'drawn' }],
  });
}

/** The consent that a new line names. */
export function recordsOfCreditLine({
  type,
  payload,
}: Pick<RecordedFact, 'type' | 'payload'>): { kind: string; id: string }[] {
  if (type !== 'credit-line-granted' || typeof payload !== 'object' || payload === null) return [];
  return 'consentId' in payload && typeof payload.consentId === 'string'
    ? [{ kind: 'consent', id: payload.consentId }]
    : [];
}

/**
 * Why a line that is legal in itself is refused: only its lender or the regulator records it; and one is granted only under a consent to
 * this lender that stands on the day it is recorded, for what is recorded here is itself told of the merchant (征信业管理条例 Arts. 13 and
 * 18). What is drawn and repaid afterwards belongs to the contract, which a revocation leaves as it is (PIPL Art. 15).
 */
export function refusalOfCreditLine(
  before: CreditLineState | undefined,
  fact: Fact,
  after: CreditLineState,
  {
    source,
    side,
    partyOf,
    record,
  }: Pick<AdmissionContext<Rulebook>, 'source' | 'side' | 'partyOf' | 'record'>,
): Refusal | null {
  const own = fact.unitPath === after.lender.unitPath;
  if (!source.centre && !own && partyOf(fact.unitPath) !== 'regulator')
    return { rule: 'credit-line-lender-only', field: 'lender.unitPath' };
  if (before !== undefined) return null;
  // Looked up as a consent.
  const consent = record({ kind: 'consent', id: after.consentId }) as ConsentState | undefined;
  const fits =
    consent !== undefined &&
    consent.merchantId === after.merchantId &&
    consent.recipient.unitPath === after.lender.unitPath &&
    // What a workstation recorded while it stood is a fact, though it was taken back before this came in.
    ((side === 'receiving' && !source.centre) ||
      consentStanding(consent, businessDay(fact.at)) === 'in-force');
  return fits ? null : { rule: 'consent-not-in-force', field: 'consentId' };
}

/** Known to the lender, and where the merchant trades and above. */
export function creditLineSight({
  merchantPath,
  lender,
}: Pick<CreditLineState, 'merchantPath' | 'lender'>): string[] {
  return [...new Set([...ancestorsAndSelf(merchantPath), lender.unitPath])];
}
