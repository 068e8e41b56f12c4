import { type } from '@orpc/contract';
import { z } from 'zod';
import {
  Answers,
  type LeniencyDecision,
  type LeniencyItem,
  LeniencyItemCode,
  leniencySchemas,
  type ToLookAt,
} from '../../domain/leniency/index.ts';
import { type Capability, IN_SIGHT } from '../../domain/organisation/index.ts';
import { capable, capableBy, FormId } from './base.ts';
import type { DocumentFile } from './document.ts';

/** What the form of a decision begins with. */
export type LeniencyForm = {
  /** Within so many months of it another violation of the kind stands in the way. */
  months: number;
  items: LeniencyItem[];
  /** Penalties of the merchant that have to be looked at. */
  penalties: ToLookAt[];
};

/** One decision, with what may be done about it. */
export type LeniencyView = LeniencyDecision & {
  /** Of the record: all decisions about this merchant and kind stand in one. */
  id: string;
  revision: number;
  merchantId: string;
  merchantName: string;
  unitName: string;
  item: string;
  /** Null where this release does not know the kind. */
  itemName: LeniencyItem['name'] | null;
  /** Numbers of penalties within the period that have become known since, which nobody has looked at. */
  missed: string[];
  steps: LeniencyAction['step'][];
  canPrint: boolean;
};

export const LeniencyAction = z.discriminatedUnion('step', [
  z.object({ step: z.literal('leniency-educated'), payload: leniencySchemas['leniency-educated@1'] }),
  z.object({ step: z.literal('leniency-withdrawn'), payload: leniencySchemas['leniency-withdrawn@1'] }),
]);
export type LeniencyAction = z.infer<typeof LeniencyAction>;

export const LENIENCY_NEEDS = {
  'leniency-educated': 'inspection.handle',
  'leniency-withdrawn': 'inspection.decide',
} as const satisfies Record<LeniencyAction['step'], Capability>;

/** A decision as it is typed; which of the two grounds it rests on follows from the answers. */
export const DecideLeniency = Answers.extend({
  eventId: FormId,
  merchantId: z.string().max(64),
  item: LeniencyItemCode,
  /** False where leniency is refused, which only an unmet condition allows. */
  lenient: z.boolean(),
  number: leniencySchemas['leniency-decided@1'].shape.number,
});
export type DecideLeniency = z.infer<typeof DecideLeniency>;

const HANDLE = 'inspection.handle';

export const leniency = {
  /** All decisions in sight, what is still to be done first. */
  list: capable(HANDLE, IN_SIGHT).output(type<LeniencyView[]>()),
  form: capable('inspection.decide', IN_SIGHT)
    .input(z.object({ merchantId: z.string().max(64) }))
    .output(type<LeniencyForm>()),
  /** @throws RULE naming the condition that is not met, and its field */
  decide: capable('inspection.decide', IN_SIGHT).input(DecideLeniency).output(type<LeniencyView[]>()),
  act: capableBy('action.step', LENIENCY_NEEDS, IN_SIGHT)
    .input(
      z.object({
        id: z.string().max(64),
        revision: z.int().min(1),
        eventId: FormId,
        action: LeniencyAction,
      }),
    )
    .output(type<LeniencyView[]>()),
  /** The decision not to punish, as a PDF; each print is logged. */
  print: capable(HANDLE, IN_SIGHT)
    .input(z.object({ id: z.string().max(64), decisionId: z.string().max(64) }))
    .output(type<DocumentFile>()),
};
