import { z } from 'zod';
import { Fen } from '../case/index.ts';
import { DayText, Id, UnitPath } from '../kernel/event/event.ts';
import { Level } from './rules.ts';

const Line = (max: number) => z.string().trim().min(1).max(max);
const Amount = Fen.min(1, 'amount-nothing');

/** So much off: a share of the price, or an amount in fen on purchases of at least `overFen` (0: on every one). */
export const DiscountOff = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('percent'),
    percent: z.int().min(1, 'discount-percent').max(99, 'discount-percent'),
  }),
  z
    .object({ kind: z.literal('amount'), fen: Amount, overFen: Fen })
    .refine(({ fen, overFen }) => overFen === 0 || fen <= overFen, {
      path: ['fen'],
      message: 'discount-above-price',
    }),
]);
export type DiscountOff = z.infer<typeof DiscountOff>;

/** What a shop gives, from its first to its last day, and for whom: a level of the rules in force. */
export const Discount = z.object({
  discountId: Id,
  /** On what. */
  what: Line(120),
  off: DiscountOff,
  from: DayText,
  until: DayText,
  level: Level,
});
export type Discount = z.infer<typeof Discount>;

/** Facts of one shop in the alliance of Tianyi's credit merchants; its id is the merchant's. */
export const allianceSchemas = {
  'alliance-joined@1': z.object({ merchantId: Id, merchantPath: UnitPath, merchantName: Line(160) }),
  'discount-offered@1': Discount,
  'discount-changed@1': Discount,
  'discount-ended@1': z.object({ discountId: Id, reason: Line(300) }),
  /** A discount for everybody was given once: nothing was checked, so nothing else is on record. */
  'open-discount-used@1': z.object({ discountId: Id }),
  'alliance-left@1': z.object({ reason: Line(300) }),
};
export type AlliancePayload<Key extends keyof typeof allianceSchemas> = z.infer<
  (typeof allianceSchemas)[Key]
>;

/** Where a citizen's standing came from: the file that the district imports is the only source there is. */
export const StandingSource = z.enum(['imported-file']);
export type StandingSource = z.infer<typeof StandingSource>;

/**
 * Facts of one check of a citizen for one discount, of the centre alone but for the use. No name, no identity number, no points
 * (PIPL Arts. 6, 13 to 17 and 23): who it was only `citizenMark` tells, which is another one at every other shop.
 */
export const allianceCheckSchemas = {
  'citizen-checked@1': z.object({
    merchantId: Id,
    merchantPath: UnitPath,
    discount: Discount.pick({ discountId: true, what: true, level: true }),
    /** Of the rules, which hold the text that was agreed to as well. */
    rulesVersion: z.int().min(1),
    consent: z.literal('ticked-on-screen'),
    standing: z.object({ source: StandingSource, asOf: DayText }),
    qualifies: z.boolean(),
    citizenMark: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
    checkedBy: z.object({ staffId: Id, staffName: Line(60) }),
  }),
  'discount-used@1': z.object({}),
};
export type AllianceCheckPayload<Key extends keyof typeof allianceCheckSchemas> = z.infer<
  (typeof allianceCheckSchemas)[Key]
>;
