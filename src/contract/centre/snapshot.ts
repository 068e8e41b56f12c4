import { z } from 'zod';
import { OpenName } from '../../domain/kernel/event/event.ts';
import { Count, FeedHead, Time } from './values.ts';

/** A new workstation whose unit's feed holds fewer items reads the feed: all of it is there as soon as the snapshot would be. */
export const SNAPSHOT_FROM = 2000;

export const SnapshotQuery = z.object({
  /** `stateForm()` of the asker: its reducers and the centre's must make the same states. */
  form: z.string().min(1).max(64),
  /** Absent for the first page: organisation and rules. Then the feed position up to which records have been given. */
  after: z.coerce.number().int().min(0).optional(),
  /** The first page's position: records that came into sight later come by the feed. */
  until: z.coerce.number().int().min(0).optional(),
});
export type SnapshotQuery = z.infer<typeof SnapshotQuery>;

/** One record as the centre has it; `state` is the reducer's state as JSON text. */
export const SnapshotStream = z.object({
  kind: OpenName,
  id: z.string(),
  state: z.string(),
  /** `at` of its last accepted event. */
  updatedAt: z.string(),
});
export type SnapshotStream = z.infer<typeof SnapshotStream>;

export const SnapshotPage = z.object({
  /** The feed's end, at which the states of this page stand. */
  head: FeedHead,
  streams: z.array(SnapshotStream),
  /** `after` of the next page, or null with the last one. */
  next: Count.nullable(),
  /** With the first page: how far the centre's archive goes. What is in it is in no page. */
  archive: Count.exactOptional(),
  centreTime: Time,
});
export type SnapshotPage = z.infer<typeof SnapshotPage>;
