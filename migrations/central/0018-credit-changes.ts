/**
 * What has come to count no more of a merchant, or was taken along to another, since its grade was published last: told with the next
 * one, and gone then.
 */
export const up: readonly string[] = [
  // `because` is the fact that did it; `came` is true at the merchant to whom it was taken along.
  `CREATE TABLE credit_change (
    merchant_id text COLLATE "C" NOT NULL,
    fact_id text COLLATE "C" NOT NULL,
    indicator smallint NOT NULL,
    good boolean NOT NULL,
    came boolean NOT NULL,
    because text COLLATE "C" NOT NULL,
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY
  )`,
  `CREATE INDEX credit_change_merchant ON credit_change (merchant_id, id)`,
];
