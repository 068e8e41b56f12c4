import { z } from 'zod';
import { EventEnvelope, OpenName } from '../../domain/kernel/event/event.ts';
import { isTooDeep } from '../../domain/kernel/text/index.ts';
import { Refusal } from '../../domain/kernel/event/ruling.ts';
import { Count, FeedHead, LogHead, Time } from './values.ts';

/** Greatest number of events in one push, and of items in one page of a feed. */
export const PUSH_LIMIT = 1000;
export const FEED_LIMIT = 2000;
/** Greatest number of events that one signature answers for, whatever is in one push now. */
export const ATTESTED_LIMIT = 1000;
/** Greatest size of a request's body, bytes. */
export const BODY_LIMIT = 8 * 1024 * 1024;

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** An event with its place in its device's hash chain. */
export const PushedEvent = EventEnvelope.extend({
  // As databases write it, so that what is hashed is what is kept.
  id: z
    .uuid()
    .max(36)
    .regex(/^[^A-Z]+$/, 'id-case'),
  // What is read member by member, to be hashed, must come to an end.
  payload: z.unknown().refine((payload) => !isTooDeep(payload), { error: 'value-deep' }),
  previousHash: Sha256,
  hash: Sha256,
  /** The key of its record, base64, where what is personal in it is sealed; not hashed. Absent where it was destroyed. */
  key: z.base64().max(64).exactOptional(),
  /**
   * True where what was personal in it was taken out of it, because its record was erased, and its hash is that of before: a device gives it
   * so to a centre that was put back from a backup.
   */
  takenOut: z.literal(true).exactOptional(),
});
export type PushedEvent = z.infer<typeof PushedEvent>;

/**
 * The number of a fact that the centre could not take in at all, time after time, and that the device asks to have kept as it is,
 * rejected and without being judged, so that nothing waits behind it. Signed over `asideText`.
 */
export const SetAside = z.object({ deviceSequence: z.int().min(1), signature: z.string().max(200) });
export type SetAside = z.infer<typeof SetAside>;

/**
 * What became of one pushed event.
 * accepted: legal, part of the truth. rejected: not legal when it came; it stays on record with its reason.
 * unknown: of a kind, type, version or role this centre does not know; kept and forwarded.
 */
export const Receipt = z.object({
  id: z.string(),
  deviceSequence: z.int(),
  status: z.enum(['accepted', 'rejected', 'unknown']),
  refusal: Refusal.exactOptional(),
});
export type Receipt = z.infer<typeof Receipt>;

/**
 * Events of one push that were accepted, one after the other in the device's log and in the feed of its unit:
 * `deviceSequence` from to to, standing at `feedPosition` and what follows. Their `receivedAt` in the feed is the
 * answer's `centreTime`.
 */
export const AcceptedRun = z.object({ from: z.int(), to: z.int(), feedPosition: z.int() });
export type AcceptedRun = z.infer<typeof AcceptedRun>;

export const PushResult = z.object({
  /** In device order; of all events, or of those that are in no run. */
  receipts: z.array(Receipt),
  /** Only when asked for. Absent from a centre of an older release, which then gives every receipt. */
  runs: z.array(AcceptedRun).exactOptional(),
  /** The device's log as the centre has it. */
  head: LogHead,
  centreTime: Time,
});
export type PushResult = z.infer<typeof PushResult>;

/** One entry of a unit's feed. Positions count 1, 2, 3, … without gaps. */
export const FeedItem = z.object({
  position: z.int(),
  status: z.enum(['accepted', 'unknown']),
  hash: z.string(),
  /**
   * The hash before it in its device's log, with which whoever reads it works its own out anew. Absent from a centre of an older
   * release.
   */
  previousHash: z.string().exactOptional(),
  receivedAt: Time,
  event: EventEnvelope,
  /** As in a push: absent where nothing is sealed, and where the record was erased. */
  key: z.string().exactOptional(),
  /** True where what is personal was taken out of the event itself, which is hashed as it was before. */
  takenOut: z.literal(true).exactOptional(),
});
export type FeedItem = z.infer<typeof FeedItem>;

/** An item of a feed whose record is in the centre's archive: its place and hash, which the digest runs over, and whose it is. */
export const BareItem = z.object({
  position: z.int(),
  hash: z.string(),
  id: z.string(),
  stream: z.object({ kind: OpenName, id: z.string() }),
});
export type BareItem = z.infer<typeof BareItem>;

/**
 * A part of a device's log, events from to to, and the signature over it: of the device itself, or of the centre where it is the
 * centre's own log, or came from an older release. `proof` holds the roots of what is not in the page.
 */
export const Attestation = z.object({
  device: z.string(),
  from: z.int(),
  to: z.int(),
  by: z.enum(['device', 'centre']),
  signature: z.string(),
  proof: z.array(z.string()),
});
export type Attestation = z.infer<typeof Attestation>;

/** Whose key that is, by the centre's signature from when the device was enrolled. */
export const DeviceCertificate = z.object({
  device: z.string(),
  unitPath: z.string(),
  publicKey: z.string(),
  certificate: z.string(),
});
export type DeviceCertificate = z.infer<typeof DeviceCertificate>;

export const FeedPage = z.object({
  items: z.array(FeedItem),
  /** Who answers for `items`, `back` and `erasures`. Absent from a centre of an older release. */
  attestations: z.array(Attestation).exactOptional(),
  /** Of the devices among them. */
  devices: z.array(DeviceCertificate).exactOptional(),
  /**
   * Items of archived records without their events, when asked for so. With `items` they are all positions of the page,
   * without gaps.
   */
  bare: z.array(BareItem).exactOptional(),
  /** What stands before this page of records in it that are or were archived: the asker may have evicted them. */
  back: z.array(FeedItem).exactOptional(),
  /**
   * The erasures of those records of which something in `items` or `back` is closed: sealed and without its key, or without what was
   * personal in it. Only they can tell that it was to be so. Position 0 where one has no place in this feed. `attestations` are also of them.
   */
  erasures: z.array(FeedItem).exactOptional(),
  head: FeedHead,
  /** The centre's own over unit, position, digest and epoch of `head`. Absent from a centre of an older release. */
  headSignature: z.string().exactOptional(),
  /** How far the centre's archive goes; where it is further than the asker has read, something may have left. */
  archive: Count.exactOptional(),
  /**
   * The asking device's own log as the centre has it. A device whose log does not hold this hash at this number is
   * an old backup or a copy. Absent from a centre of an older release.
   */
  deviceHead: LogHead.exactOptional(),
  /**
   * Another value means another history of the database: it was put back from a backup. Absent where the database
   * does not tell, and from a centre of an older release.
   */
  epoch: z.string().exactOptional(),
  /**
   * What the centre's release knows, once it has judged again what an older one had set aside as unknown. Another value
   * than before means that facts which were `unknown` may have been accepted since: their places in the feed say so now.
   * Absent until then, and from a centre of an older release.
   */
  knows: z.string().exactOptional(),
  /**
   * True once new facts are to be sealed: everybody at the centre can open them. Absent before, and from a centre of an older release.
   */
  seals: z.literal(true).exactOptional(),
  /**
   * Where everybody finds the centre's public pages, without a path: it stands in the QR codes of cards. Absent where the centre has no
   * public address, and from a centre of an older release.
   */
  publicUrl: z.url().exactOptional(),
  centreTime: Time,
});
export type FeedPage = z.infer<typeof FeedPage>;
