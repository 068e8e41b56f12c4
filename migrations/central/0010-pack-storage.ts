/** Packs are packed already: to compress them once more costs every reader more than it saves. */
export const up: readonly string[] = [
  `ALTER TABLE rollup_pack ALTER COLUMN handling SET STORAGE EXTERNAL, ALTER COLUMN merchants SET STORAGE EXTERNAL`,
  // What is there is written anew by the job.
  `TRUNCATE rollup_pack`,
];
