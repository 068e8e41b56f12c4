import { type } from '@orpc/contract';
import { z } from 'zod';
import { Fen as AnyFen } from '../../domain/case/index.ts';
import { Reference } from '../../domain/disclosure/index.ts';
import {
  ConsentCapacity,
  type ConsentStanding,
  type ConsentState,
  ConsentSigner,
  ConsentTerms,
  type CreditLineState,
  type ConsentItem,
  type Failing,
  type FinanceFacts,
  type FinanceProduct,
  type FinanceProducts,
  type FinanceState,
} from '../../domain/finance/index.ts';
import { DayText } from '../../domain/kernel/event/event.ts';
import { MerchantCategory } from '../../domain/merchant/index.ts';
import { IN_SIGHT, OWN_UNIT } from '../../domain/organisation/index.ts';
import type { DisclosedItems } from '../centre/disclosure.ts';
import { capable, FormId, Page } from './base.ts';
import type { DocumentFile } from './document.ts';

/** A product with whether the merchant qualifies for it, and of each rule that does not hold why not. */
export type ProductView = Pick<FinanceProduct, 'code' | 'name' | 'article' | 'tag' | 'rules'> & {
  lenderName: string | null;
  qualifies: boolean;
  failing: readonly Failing[];
};

export type ConsentView = {
  /** The number of the identity document masked, as in every answer. */
  state: ConsentState;
  number: string;
  standing: ConsentStanding;
  /** Whether the paper with the signature is at this workstation. */
  fileHere: boolean;
};

/** To whom a consent can be given. */
export type RecipientView = { unitPath: string; name: string; contact: string | null };

/** What a merchant's credit is worth: products, its place on the whitelist, its consents and lines of credit. */
export type FinanceDetail = {
  merchantId: string;
  name: string;
  unitPath: string;
  /** The day by which it is judged, today. */
  day: string;
  facts: FinanceFacts;
  productsVersion: number;
  /** True while the district has published none of its own. */
  shipped: boolean;
  products: ProductView[];
  whitelist: {
    listed: boolean;
    rules: FinanceProducts['whitelist']['rules'];
    failing: readonly Failing[];
    changes: FinanceState['changes'];
  };
  licence: FinanceState['licence'];
  consents: ConsentView[];
  lines: CreditLineState[];
  recipients: RecipientView[];
  /** Who may sign for a merchant of this category, and for how many days at most. */
  capacities: readonly ConsentCapacity[];
  mostDays: number;
  canHandle: boolean;
  canLend: boolean;
};

/** A consent that was given to the officer's own bank: its terms, and how it stands. No data of the merchant but its name. */
export type ConsentedSummary = {
  id: string;
  number: string;
  merchantName: string;
  items: readonly ConsentItem[];
  purpose: string;
  /** Its first and its last day. */
  from: string;
  until: string;
  standing: ConsentStanding;
  /** The day on which it was taken back, or its last; null while it is in force or to come. */
  endedOn: string | null;
};

export const CONSENTED_STATES = ['open', 'ended'] as const;

export type ConsentedList = {
  items: ConsentedSummary[];
  total: number;
  cursor: string | null;
  /** How many end within the next thirty days, and how many ended within the last. */
  endingSoon: number;
  endedLately: number;
};

export type ConsentedDetail = ConsentedSummary & {
  recipient: ConsentState['recipient'];
  manner: ConsentState['manner'];
  signedAs: ConsentCapacity;
  grantedOn: string;
  /** The bank's own lines of credit to this merchant. */
  lines: CreditLineState[];
  /** All products by name; `own` are this bank's and those that name no bank. */
  products: (Pick<FinanceProduct, 'code' | 'name'> & { own: boolean })[];
};

/**
 * What the centre told, which is kept nowhere here; or why it told nothing: the consent is not in force, there is no line, or it did not
 * take the question.
 */
export type ConsentedAnswer =
  | { kind: 'told'; at: string; items: DisclosedItems }
  | { kind: 'ended' }
  | { kind: 'not-asked'; reason: 'offline' | 'refused' };

const Fen = AnyFen.min(1, 'amount-nothing');
const MerchantId = z.string().min(1).max(64);
const OfMerchant = z.object({ id: MerchantId });
const Recorded = OfMerchant.extend({ eventId: FormId });

/** A consent as it is filled in; the merchant's own name and unit are as they are on record. */
export const ConsentForm = Recorded.extend({
  ...ConsentTerms.omit({ merchantId: true, merchantPath: true, merchantName: true }).shape,
  signer: ConsentSigner,
});
export type ConsentForm = z.infer<typeof ConsentForm>;

/** Strokes as drawn: x, y, x, y, … within a field of that size. */
const Ink = z.object({
  width: z.number().min(10).max(4000),
  height: z.number().min(10).max(4000),
  strokes: z
    .array(z.array(z.number().min(-4000).max(8000)).min(2).max(4000))
    .min(1, { error: 'consent-signature-needed' })
    .max(300),
});

export const ConsentGiven = ConsentForm.extend({
  signature: z.discriminatedUnion('manner', [
    z.object({ manner: z.literal('on-screen'), ink: Ink }),
    z.object({ manner: z.literal('on-paper'), signedOn: DayText }),
  ]),
});
export type ConsentGiven = z.infer<typeof ConsentGiven>;

const LineEntry = { eventId: FormId, fen: Fen, on: DayText };

/** A line of credit as the bank's people, or the regulator's by the bank's list, record it. Money in fen. */
export const LineRecorded = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('granted'),
    eventId: FormId,
    /** The consent under which it was granted; its recipient is the lender. */
    consentId: MerchantId,
    product: z.string().trim().min(1).max(40),
    fen: Fen,
    on: DayText,
    until: DayText,
    reference: Reference,
  }),
  z.object({ type: z.literal('drawn'), lineId: MerchantId, ...LineEntry }),
  z.object({ type: z.literal('repaid'), lineId: MerchantId, ...LineEntry }),
  z.object({ type: z.literal('closed'), lineId: MerchantId, eventId: FormId, on: DayText }),
]);
export type LineRecorded = z.infer<typeof LineRecorded>;

export const finance = {
  /** For which products a merchant of this workstation qualifies and why not, and all else that finance knows of it. */
  get: capable('credit.read', IN_SIGHT).input(OfMerchant).output(type<FinanceDetail>()),
  /** The day on the merchant's licence. */
  licence: capable('finance.handle', IN_SIGHT)
    .input(Recorded.extend({ establishedOn: DayText, seen: z.enum(['licence', 'public-register']) }))
    .output(type<FinanceDetail>()),
  /** The paper of a consent as it is filled in, to be read or signed by hand; nothing is recorded but that it was printed. */
  form: capable('finance.handle', IN_SIGHT).input(ConsentForm).output(type<DocumentFile>()),
  /** Records a consent that was signed on this screen or on paper. @throws RULE, INPUT_INVALID */
  grant: capable('finance.handle', IN_SIGHT).input(ConsentGiven).output(type<FinanceDetail>()),
  /** The paper of a consent: with its signature where it was signed here, otherwise drawn anew. @throws NOT_FOUND */
  paper: capable('finance.handle', IN_SIGHT)
    .input(z.object({ consentId: MerchantId }))
    .output(type<DocumentFile>()),
  /** The merchant takes a consent back. @throws RULE, NOT_FOUND */
  revoke: capable('finance.handle', IN_SIGHT)
    .input(
      z.object({
        consentId: MerchantId,
        eventId: FormId,
        revoker: z.object({ name: z.string().trim().min(1).max(60), capacity: ConsentCapacity }),
        note: z.string().trim().max(300),
      }),
    )
    .output(type<FinanceDetail>()),
  /** A line of credit, or what became of one. @throws RULE, NOT_FOUND */
  line: capable(['credit.read', 'finance.lend'], IN_SIGHT)
    .input(OfMerchant.extend({ line: LineRecorded }))
    .output(type<FinanceDetail>()),
  /** Merchants' consents to the officer's own bank, and nothing else of merchants. */
  consented: capable('consent.read', OWN_UNIT)
    .input(Page.extend({ state: z.enum(CONSENTED_STATES), search: z.string().trim().max(60).optional() }))
    .output(type<ConsentedList>()),
  /** One of them. @throws NOT_FOUND */
  consent: capable('consent.read', OWN_UNIT)
    .input(z.object({ consentId: MerchantId }))
    .output(type<ConsentedDetail>()),
  /** What it lets the bank be told, as the centre knows it now; each answer is on record, where the merchant reads it. @throws NOT_FOUND */
  ask: capable('consent.read', OWN_UNIT)
    .input(z.object({ consentId: MerchantId }))
    .output(type<ConsentedAnswer>()),
  /** A line of credit of the officer's own bank, or what became of one. @throws RULE, NOT_FOUND */
  lend: capable(['consent.read', 'finance.lend'], OWN_UNIT)
    .input(z.object({ consentId: MerchantId, category: MerchantCategory.nullable(), line: LineRecorded }))
    .output(type<ConsentedDetail>()),
  /** The notice of the last entry to the whitelist, or leaving. @throws NOT_FOUND where there is none */
  noticePaper: capable('finance.handle', IN_SIGHT).input(OfMerchant).output(type<DocumentFile>()),
  /** That the merchant was given notice of it. */
  notice: capable('finance.handle', IN_SIGHT)
    .input(
      Recorded.extend({
        change: z.enum(['entered', 'left']),
        manner: z.enum(['screen', 'paper', 'post']),
        on: DayText,
      }),
    )
    .output(type<FinanceDetail>()),
};
