import { z } from 'zod';

/**
 * What the dispute is about, in the shipped procedure (domain: the official 12315 table was not found). A published
 * procedure may add codes and retire these; facts are checked against the case's own version.
 */
export const ObjectCategory = z.enum([
  'food',
  'clothing',
  'appliance',
  'digital',
  'home',
  'jewellery',
  'cosmetics',
  'children',
  'vehicle',
  'other-goods',
  'catering',
  'beauty',
  'fitness',
  'education',
  'repair',
  'photography',
  'entertainment',
  'lodging',
  'other-service',
]);
export type ObjectCategory = z.infer<typeof ObjectCategory>;

export const ProblemCategory = z.enum([
  'quality',
  'food-safety',
  'after-sales',
  'contract',
  'price',
  'advertising',
  'misrepresentation',
  'measurement',
  'counterfeit',
  'safety',
  'dignity',
  'prepaid',
  'other',
]);
export type ProblemCategory = z.infer<typeof ProblemCategory>;

/** Claims, 消保法 wording for the first seven; the last three are common in practice. */
export const Claim = z.enum([
  'repair',
  'redo',
  'replace',
  'return-goods',
  'make-up-quantity',
  'refund',
  'compensation',
  'apology',
  'continue-performance',
  'refund-prepaid-balance',
]);
export type Claim = z.infer<typeof Claim>;

export const CaseSource = z.enum(['walk-in', 'phone', 'online', 'return', 'handed-over']);
export type CaseSource = z.infer<typeof CaseSource>;

/** Instruments are different things; see the domain document, section 2. */
export const Instrument = z.enum(['settlement-agreement', 'administrative-mediation', 'mediation-record']);
export type Instrument = z.infer<typeof Instrument>;

export const Satisfaction = z.enum(['satisfied', 'dissatisfied', 'unknown']);
export type Satisfaction = z.infer<typeof Satisfaction>;

export const HistoricalOutcome = z.enum([
  'settled',
  'failed',
  'withdrawn',
  'terminated',
  'refused',
  'transferred',
]);
export type HistoricalOutcome = z.infer<typeof HistoricalOutcome>;

/** Why a unit below gets a case back. */
export const HandDownPurpose = z.enum(['handle', 'complete-materials']);
export type HandDownPurpose = z.infer<typeof HandDownPurpose>;

/** What may stop the clock: testing or appraisal (common practice), waiting for proof of identity (assumption). */
export const ClockStopCause = z.enum(['testing', 'identity-proof']);
export type ClockStopCause = z.infer<typeof ClockStopCause>;

/** What became of the check of a violation that a complaint reported beside its claims. */
export const ViolationResult = z.enum(['no-violation', 'corrected', 'investigated', 'referred']);
export type ViolationResult = z.infer<typeof ViolationResult>;

/** Why a settled case is open again. */
export const ReopenCause = z.enum(['agreement-broken', 'new-facts']);
export type ReopenCause = z.infer<typeof ReopenCause>;

/** Which side of a case someone is on. */
export const CaseSide = z.enum(['consumer', 'merchant']);
export type CaseSide = z.infer<typeof CaseSide>;

/** Who pays for testing or appraisal, as the parties agreed. */
export const TestingFees = z.enum(['consumer', 'merchant', 'shared', 'loser']);

/** What an agent may do: appear, or also admit, waive and settle. */
export const AgentAuthority = z.enum(['general', 'special']);

export const IdType = z.enum(['resident-id', 'passport', 'other']);
