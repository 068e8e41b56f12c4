/**
 * A pack holds all that is shown of a unit's day or month: its sum and what happened at itself, figures of those right below it and
 * breakdowns, their durations, its merchants. Null in a pack of the release before, whose version says that it is none of ours.
 */
export const up: readonly string[] = [
  `ALTER TABLE rollup_pack ADD COLUMN totals bytea, ADD COLUMN parts bytea`,
  `ALTER TABLE rollup_pack ALTER COLUMN totals SET STORAGE EXTERNAL, ALTER COLUMN parts SET STORAGE EXTERNAL`,
  // A pack is read whole: on the page of its row as long as it fits there.
  `ALTER TABLE rollup_pack SET (toast_tuple_target = 8160)`,
  // What is there is written anew by the job.
  `TRUNCATE rollup_pack`,
];
