import { defineStream } from '../kernel/event/stream.ts';
import type { Rulebook } from '../procedure/index.ts';
import { applyConsent, consentSight } from './consent.ts';
import { recordsOfConsent, refusalOfConsent } from './consent-admission.ts';
import { consentSchemas } from './consent-events.ts';
import { consentNumber } from './consent-text.ts';
import {
  applyCreditLine,
  creditLineSchemas,
  creditLineSight,
  recordsOfCreditLine,
  refusalOfCreditLine,
} from './credit-line.ts';
import { consentDeltas, creditLineDeltas, financeDeltas } from './deltas.ts';
import { applyFinance, FINANCE_BY_PEOPLE, financeSchemas, financeSight } from './merchant-finance.ts';
import { applyProducts, productsSchemas } from './published-products.ts';

/** What the streams of finance have in common: nobody looks for them by words, and none is about a consumer. */
const RECORD = {
  holdsBelow: null,
  learn: null,
  tasks: null,
  arrives: 'as-record',
  search: null,
  numberLetter: null,
  consumer: null,
} as const;

/** The credit products published for a topmost unit and all below it. */
export const financeProductsStream = defineStream({
  kind: 'finance-products',
  schemas: productsSchemas,
  names: null,
  apply: applyProducts,
  admission: null,
  sight: (state) => [state.unitPath],
  holdsBelow: (state) => state.unitPath,
  // A rule like the credit policy, that units which join later get too.
  learn: (rules: Rulebook): Rulebook => rules,
  writtenBy: { centreBut: [] },
  arrives: 'first',
  deltas: null,
  tasks: null,
  title: (state) => state.id,
  search: null,
  numberLetter: null,
  consumer: null,
});

/** A merchant's consent to have some of its data told to one recipient. */
export const consentStream = defineStream({
  ...RECORD,
  kind: 'consent',
  schemas: consentSchemas,
  names: {
    'consent-granted': ['recipient.name', 'recipient.contact', 'signer.name'],
    'consent-revoked': ['revoker.name'],
  },
  apply: applyConsent,
  admission: { people: () => [], records: recordsOfConsent, refusal: refusalOfConsent },
  sight: consentSight,
  writtenBy: 'anyone',
  deltas: consentDeltas,
  title: (state) => consentNumber(state.id),
});

/** A line of credit that a bank granted a merchant. */
export const creditLineStream = defineStream({
  ...RECORD,
  kind: 'credit-line',
  schemas: creditLineSchemas,
  names: { 'credit-line-granted': ['lender.name'] },
  apply: applyCreditLine,
  admission: { people: () => [], records: recordsOfCreditLine, refusal: refusalOfCreditLine },
  sight: creditLineSight,
  writtenBy: 'anyone',
  deltas: creditLineDeltas,
  title: (state) => state.reference,
});

/** What is known of one merchant for finance, and its place on the whitelist. */
export const financeStream = defineStream({
  ...RECORD,
  kind: 'finance',
  schemas: financeSchemas,
  names: null,
  apply: applyFinance,
  admission: {
    people: () => [],
    records: () => [],
    refusal: (_before, _fact, after, { exists, source }) =>
      source.centre || exists(after.unitPath) ? null : { rule: 'unit-missing', field: 'merchantPath' },
  },
  sight: financeSight,
  writtenBy: { centreBut: FINANCE_BY_PEOPLE },
  deltas: financeDeltas,
  title: (state) => state.id,
});
