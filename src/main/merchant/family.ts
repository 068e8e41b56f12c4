import { sql, type RawBuilder } from 'kysely';

/**
 * Each of some entries of the register with all that are merged into it, at first or second hand, as a table of `root` and
 * `id`; `roots` is a JSON array of ids. Written with UNION, so that even a circle would come to an end.
 */
export const familiesOf = (roots: readonly string[]): RawBuilder<unknown> => sql`(
  WITH RECURSIVE family (root, id) AS (
    SELECT value, value FROM json_each(${JSON.stringify(roots)})
    UNION SELECT family.root, merged.id FROM family
      JOIN merchant_row AS merged ON merged.merged_into = family.id)
  SELECT root, id FROM family)`;

/** Ids of a merchant and of the entries that are merged into it: what happened under any of them happened to it. */
export const familyOf = (merchantId: string): RawBuilder<unknown> =>
  sql`(SELECT id FROM ${familiesOf([merchantId])})`;
