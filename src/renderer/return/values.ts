import { z } from 'zod';
import type { RequestReturn } from '../../contract/workstation/return.ts';
import { GoodsCategory } from '../../domain/return/commitment.ts';
import { Gift, GoodsCondition, ProofType, ReturnRequest } from '../../domain/return/request.ts';
import {
  amountIfAny,
  amountNeeded,
  chosen,
  dayIfAny,
  dayNeeded,
  fenOf,
  phoneIfAny,
  textNeeded,
  textOrNull,
} from '../kernel/components/typed-values.ts';

/** What stands in the form of a new return, readable or not. */
export const ReturnValues = z.object({
  merchantId: z
    .string()
    .nullable()
    .refine((id) => id !== null, { error: 'required' }),
  /** The other shop of the group where it was bought; null where it was bought here. */
  purchasedAt: z.string().nullable(),
  goodsCategory: chosen(GoodsCategory),
  goodsName: textNeeded(120),
  purchasedOn: dayNeeded,
  amountFen: amountNeeded,
  condition: chosen(GoodsCondition),
  proofType: chosen(ProofType),
  proofNumber: z.string().max(60, { error: 'too_big' }),
  gift: Gift,
  giftPriceFen: amountIfAny,
  confirmedUnsuitable: z.boolean(),
  receivedOn: dayIfAny,
  freightFen: amountIfAny,
  consumerName: textNeeded(60),
  consumerPhone: phoneIfAny,
});
export type ReturnValues = z.input<typeof ReturnValues>;

export function emptyReturn(merchantId: string | null): ReturnValues {
  return {
    merchantId,
    purchasedAt: null,
    goodsCategory: null,
    goodsName: '',
    purchasedOn: null,
    amountFen: null,
    condition: null,
    proofType: null,
    proofNumber: '',
    gift: 'none',
    giftPriceFen: null,
    confirmedUnsuitable: false,
    receivedOn: null,
    freightFen: null,
    consumerName: '',
    consumerPhone: null,
  };
}

const Typed = ReturnRequest.omit({ requestedOn: true });
export type TypedRequest = z.infer<typeof Typed>;

/** What a verdict needs; the name and the amount do not change it and are filled in for the time being. */
export const VERDICT_NEEDS = [
  'merchantId',
  'goodsCategory',
  'purchasedOn',
  'condition',
  'proofType',
] as const satisfies readonly (keyof ReturnValues)[];

/** The request as typed so far, as far as a verdict needs it; null until then. */
export function requestOf(values: ReturnValues): TypedRequest | null {
  const parsed = Typed.safeParse({
    goodsCategory: values.goodsCategory,
    goodsName: values.goodsName.trim() === '' ? '—' : values.goodsName,
    purchasedOn: values.purchasedOn,
    amountFen: fenOf(values.amountFen) ?? 0,
    condition: values.condition,
    proofType: values.proofType,
    proofNumber: values.proofType === 'none' ? null : textOrNull(values.proofNumber),
    gift: values.gift,
    giftPriceFen: values.gift === 'kept' ? fenOf(values.giftPriceFen) : null,
    confirmedUnsuitable: values.confirmedUnsuitable,
    // Absent, not null, so that a plain return says what it said in earlier releases.
    ...(values.receivedOn ? { receivedOn: values.receivedOn } : {}),
    ...(fenOf(values.freightFen) === null ? {} : { freightFen: fenOf(values.freightFen) }),
  });
  return parsed.success ? parsed.data : null;
}

/** The return to register, from values that `ReturnValues` has passed; null otherwise. */
export function returnOf(returnId: string, values: ReturnValues): RequestReturn | null {
  const request = requestOf(values);
  if (request === null || values.merchantId === null || !ReturnValues.safeParse(values).success) return null;
  return {
    returnId,
    merchantId: values.merchantId,
    ...(values.purchasedAt === null ? {} : { purchasedAt: values.purchasedAt }),
    consumer: { name: values.consumerName.trim(), phone: textOrNull(values.consumerPhone) },
    request,
  };
}

/** Where a field of the contract stands in the form. */
export function formField(field: string): string {
  const names: Record<string, string> = {
    'consumer.name': 'consumerName',
    'consumer.phone': 'consumerPhone',
  };
  return names[field] ?? field.replace(/^request\./, '');
}
