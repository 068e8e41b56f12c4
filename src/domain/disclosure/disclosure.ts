import { z } from 'zod';
import { Month } from '../credit/index.ts';
import { ConsentItem } from '../finance/index.ts';
import { Id, UnitPath, type Fact } from '../kernel/event/event.ts';
import { illegal, legal, type Ruling } from '../kernel/event/ruling.ts';
import { readPayload } from '../kernel/event/schema.ts';
import { ancestorsAndSelf } from '../organisation/index.ts';

/** What a body outside may be told of a merchant's credit: its grade, or points and reasons as well. Never of a person. */
export const DisclosureScope = z.enum(['grades.read', 'points.read']);
export type DisclosureScope = z.infer<typeof DisclosureScope>;

/** Those that only a token of a named recipient has: to be told what a merchant has consented to, and to record lines of credit. */
const OF_RECIPIENT = ['data.read', 'lines.record'] as const;

/** What a token is for. */
export const TokenScope = z.enum([...DisclosureScope.options, ...OF_RECIPIENT]);
export type TokenScope = z.infer<typeof TokenScope>;

/** Whether consents have to name the holder for it. */
export function isOfRecipient(scope: TokenScope): boolean {
  return OF_RECIPIENT.some((one) => one === scope);
}

const Line = (max: number) => z.string().trim().min(1).max(max);

/** A number of the asker's own file; it has no room for a name. */
export const Reference = z.string().regex(/^[A-Za-z0-9-]{1,40}$/, 'disclosure-reference');

/** Who asked for data under a merchant's consent, and what for. */
const asked = {
  disclosureId: Id,
  merchantPath: UnitPath,
  recipient: z.object({ unitPath: UnitPath, name: Line(120) }),
  tokenId: Id,
  purpose: Line(200),
  reference: Reference.nullable(),
};

export const disclosureSchemas = {
  /** One answer that the centre has given. */
  'grade-disclosed@1': z.object({
    disclosureId: Id,
    merchantPath: UnitPath,
    scope: DisclosureScope,
    tokenId: Id,
    heldBy: Line(120),
    purpose: Line(200),
    reference: Reference.nullable(),
    /** What was said. */
    state: z.enum(['graded', 'not-rated', 'pending']),
    grade: z.string().max(12).nullable(),
    month: Month.nullable(),
  }),
  /** One answer under the merchant's consent: each kind of data that was told, with the consent by which it was. */
  'data-disclosed@1': z.object({
    ...asked,
    items: z
      .array(z.object({ item: ConsentItem, consentId: Id }))
      .min(1)
      .max(20),
  }),
  /** Kinds of data that were asked for and not told, because no consent was in force. */
  'data-refused@1': z.object({ ...asked, items: z.array(ConsentItem).min(1).max(20) }),
};
type Payload<Key extends keyof typeof disclosureSchemas> = z.infer<(typeof disclosureSchemas)[Key]>;
type Disclosed = Payload<'grade-disclosed@1'>;

/** A question for data under consent, as it was answered: told kinds with the consent of each, or refused ones. */
export type DataRead =
  | (Payload<'data-disclosed@1'> & { told: true; at: string })
  | (Payload<'data-refused@1'> & { told: false; at: string });

/** The latest answers of a merchant that a state keeps; the log has all. */
const KEPT = 100;

/** What was told of one merchant, and to whom; its id is the merchant's. */
export type DisclosureState = {
  id: string;
  unitPath: string;
  /** The latest first. */
  latest: (Disclosed & { at: string })[];
  /** All there ever were. */
  count: number;
  /** Questions for data under consent, the latest first, and all there ever were; absent where nobody asked. */
  reads?: { latest: DataRead[]; count: number };
};

/** Applies one fact: answers are the centre's alone. */
export function applyDisclosure(state: DisclosureState | undefined, fact: Fact): Ruling<DisclosureState> {
  const read = readPayload(disclosureSchemas, fact);
  if (read.key === 'unknown') return { kind: 'unknown', type: fact.type, version: fact.version };
  if (read.key === 'invalid') return { kind: 'illegal', refusal: read.refusal };
  if (fact.actor.role !== 'administrator')
    return illegal('role-may-not', undefined, { role: fact.actor.role });
  const { disclosureId, merchantPath } = read.payload;
  const known = [...(state?.latest ?? []), ...(state?.reads?.latest ?? [])];
  if (known.some((one) => one.disclosureId === disclosureId))
    return illegal('disclosure-exists', 'disclosureId');
  const base: DisclosureState = {
    latest: [],
    count: 0,
    ...state,
    id: fact.stream.id,
    unitPath: merchantPath,
  };
  if (read.key === 'grade-disclosed@1')
    return legal({
      ...base,
      latest: [{ ...read.payload, at: fact.at }, ...base.latest].slice(0, KEPT),
      count: base.count + 1,
    });
  const { latest, count } = base.reads ?? { latest: [], count: 0 };
  const one: DataRead =
    read.key === 'data-disclosed@1'
      ? { ...read.payload, told: true, at: fact.at }
      : { ...read.payload, told: false, at: fact.at };
  return legal({ ...base, reads: { latest: [one, ...latest].slice(0, KEPT), count: count + 1 } });
}

/** Known in the merchant's unit, whose business it is, and in all above. */
export function disclosureSight({ unitPath }: Pick<DisclosureState, 'unitPath'>): string[] {
  return ancestorsAndSelf(unitPath);
}
