import type { RawBuilder } from 'kysely';
import type { PushedEvent, Receipt } from '../../../contract/centre/index.ts';
import type { Appender, Change, StreamRecord } from './judge.ts';

/** Facts that are new in the log: all of a batch, with a receipt each, whatever became of them. */
export type NewFacts = {
  appender: Appender;
  events: readonly PushedEvent[];
  receipts: readonly Receipt[];
  receivedAt: Date;
};

/** A batch that is judged, as those see it who follow it. */
export type JudgedBatch = {
  /** What it has accepted, in order. */
  changes: readonly Change[];
  /** Every record that it concerns, as it leaves them; `stored` and `revision` are from before it. By `keyOf`. */
  streams: ReadonlyMap<string, StreamRecord>;
  /** The revision of the rules that it began with. */
  rulesRevision: number;
  /** Null where its facts have been in the log: an older release set them aside as unknown, and this one has accepted them. */
  newFacts: NewFacts | null;
};

/**
 * What a capability keeps at the centre beside the records themselves, always in step with them: it follows every batch, in the
 * transaction that writes it. What it needs besides the batch it is made with.
 */
export type Follower = {
  /** Names it where it fails. */
  name: string;
  /**
   * The statements that write what follows from a batch; none where nothing does. Called once for each try of a batch, and only
   * makes them: they are sent in their place among all others, and what they throw undoes the batch. Of one batch no two
   * followers may write the same rows.
   */
  follow: (batch: JudgedBatch) => readonly RawBuilder<unknown>[];
};

/** All who follow, by when their statements go out; within each moment in the order of the list. */
export type Followers = {
  /** Right behind the log and the records, each statement by itself: for what is quickly made, since the database waits for it. */
  behindRecords: readonly Follower[];
  /** Made while the database takes in the records, and sent as one statement with the feeds. */
  withFeeds: readonly Follower[];
  /** Made then too, and sent as one statement, the last of the transaction: for rows that many batches wait for. */
  atEnd: readonly Follower[];
};

/** What these followers have to write of a batch, in order. @throws the fault of one of them, by its name */
export function statementsOf(followers: readonly Follower[], batch: JudgedBatch): RawBuilder<unknown>[] {
  return followers.flatMap(({ name, follow }) => {
    try {
      return follow(batch);
    } catch (cause) {
      throw new Error(`${name} cannot follow a batch`, { cause });
    }
  });
}
