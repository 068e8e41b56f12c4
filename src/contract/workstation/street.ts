import { type } from '@orpc/contract';
import { z } from 'zod';
import { DayText, UnitPath } from '../../domain/kernel/event/event.ts';
import { type Capability, IN_SIGHT, OWN_UNIT, unitAndBelow } from '../../domain/organisation/index.ts';
import {
  Answer,
  type Checklist,
  MOST_SHOPS,
  Photo,
  streetSchemas,
  type StorefrontState,
  storefrontSchemas,
  type StreetState,
} from '../../domain/street/index.ts';
import { capable, capableBy, FormId } from './base.ts';

const Id = z.string().min(1).max(64);
/** A photograph as a telephone takes it, once as text; larger ones are made smaller first. Bytes. */
const LARGEST_PHOTO = 12 * 1024 * 1024;

export type StreetSummary = {
  id: string;
  name: string;
  unitPath: string;
  unitName: string;
  shops: number;
  plaques: number;
  /** Shops that are to be looked at again, and those of them that should have been by today. */
  rechecks: number;
  late: number;
  lastPatrolOn: string | null;
};

/** A shop as the list of its street has it. */
export type StorefrontRow = {
  merchantId: string;
  merchantName: string;
  unitName: string;
  /** Since when its plaque hangs; null while it has none. */
  plaqueOn: string | null;
  lastOn: string | null;
  /** The score of the last visit, out of 10,000, and whether it was enough for a plaque. */
  basisPoints: number | null;
  passed: boolean;
  missed: number;
  recheckOn: string | null;
  late: boolean;
};

export type StreetDetail = {
  state: StreetState;
  unitName: string;
  shops: StorefrontRow[];
  /** The checklist of today; null before there was one. */
  checklist: Checklist | null;
  can: { patrol: boolean; decide: boolean };
};

export type StorefrontDetail = {
  state: StorefrontState;
  unitName: string;
  /** The checklists that its visits followed, by number. */
  checklists: Checklist[];
  can: Record<StorefrontStep, boolean>;
};

/** What is done about one shop besides visiting it. */
export const StorefrontAction = z.discriminatedUnion('step', [
  z.object({ step: z.literal('plaque-granted'), payload: storefrontSchemas['plaque-granted@1'] }),
  z.object({ step: z.literal('plaque-withdrawn'), payload: storefrontSchemas['plaque-withdrawn@1'] }),
  z.object({ step: z.literal('shop-left'), payload: storefrontSchemas['shop-left@1'] }),
]);
export type StorefrontAction = z.infer<typeof StorefrontAction>;
export type StorefrontStep = StorefrontAction['step'];

export const STOREFRONT_NEEDS = {
  'plaque-granted': 'street.decide',
  'plaque-withdrawn': 'street.decide',
  'shop-left': 'street.patrol',
} as const satisfies Record<StorefrontStep, Capability>;

/** What was found in one shop. */
export const Visit = z.object({
  merchantId: Id,
  answers: z.array(Answer).max(60),
  findings: storefrontSchemas['shop-patrolled@1'].shape.findings,
  recheckOn: DayText.nullable(),
});
export type Visit = z.infer<typeof Visit>;

/** One walk along a street, with what was found in each shop. */
export const PatrolStreet = z.object({
  /** The form's own: the same save again is the same patrol. */
  patrolId: FormId,
  streetId: Id,
  on: DayText,
  shops: z.array(Visit).max(MOST_SHOPS),
});
export type PatrolStreet = z.infer<typeof PatrolStreet>;

const READ = 'street.read';

export const streets = {
  list: capable(READ, IN_SIGHT).output(type<StreetSummary[]>()),
  /** @throws NOT_FOUND */
  get: capable(READ, IN_SIGHT)
    .input(z.object({ id: Id }))
    .output(type<StreetDetail>()),
  /** A shop with its visits and plaques; null where the merchant was never on a street. */
  shop: capable(READ, IN_SIGHT)
    .input(z.object({ merchantId: Id }))
    .output(type<StorefrontDetail | null>()),
  open: capable('street.decide', unitAndBelow('unitPath'))
    .input(
      z.object({ streetId: z.uuid(), name: streetSchemas['street-opened@1'].shape.name, unitPath: UnitPath }),
    )
    .output(type<StreetDetail>()),
  join: capable('street.patrol', IN_SIGHT)
    .input(z.object({ eventId: FormId, streetId: Id, merchantId: Id }))
    .output(type<StreetDetail>()),
  /** Records a patrol: every shop's visit and what it says of its prices, or nothing. @throws RULE naming field and rule */
  patrol: capable('street.patrol', IN_SIGHT).input(PatrolStreet).output(type<StreetDetail>()),
  act: capableBy('action.step', STOREFRONT_NEEDS, IN_SIGHT)
    .input(z.object({ merchantId: Id, revision: z.int().min(1), eventId: FormId, action: StorefrontAction }))
    .output(type<StorefrontDetail | null>()),
  /** Takes a photograph in, sealed under its hash. @throws RULE evidence-empty, evidence-type, evidence-too-large; STORAGE_FULL */
  keepPhoto: capable('street.patrol', OWN_UNIT)
    .input(
      z.object({
        name: z.string().trim().min(1).max(200),
        base64: z.base64().max(Math.ceil((LARGEST_PHOTO * 4) / 3) + 4),
      }),
    )
    .output(type<Pick<Photo, 'sha256' | 'size' | 'mediaType'>>()),
  /** A photograph of a visit; one that does not lie here is brought first. @throws NOT_FOUND, CENTRE_UNREACHABLE */
  openPhoto: capable(READ, IN_SIGHT)
    .input(z.object({ merchantId: Id, sha256: Photo.shape.sha256 }))
    .output(type<{ name: string; mediaType: string; base64: string }>()),
};
