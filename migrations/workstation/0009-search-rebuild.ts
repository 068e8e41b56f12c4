/** Cases from before search by amount are indexed again, in the background: rows up to `through`, of which up to `done` are. */
export const up: readonly string[] = [
  `CREATE TABLE search_rebuild (
    list TEXT PRIMARY KEY,
    through INTEGER NOT NULL,
    done INTEGER NOT NULL
  ) WITHOUT ROWID`,
  `INSERT INTO search_rebuild (list, through, done)
    SELECT 'case', max("row"), 0 FROM case_row HAVING max("row") IS NOT NULL`,
];
