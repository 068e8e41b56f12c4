/** Entries of the register that are merged into another, and numbers by which a merchant was known before. */
export const up: readonly string[] = [
  `ALTER TABLE merchant_row ADD COLUMN merged_into TEXT`,
  `ALTER TABLE merchant_row ADD COLUMN aliases TEXT NOT NULL DEFAULT '[]'`,
  `CREATE INDEX merchant_merged ON merchant_row (merged_into) WHERE merged_into IS NOT NULL`,
  `CREATE INDEX merchant_code ON merchant_row (credit_code) WHERE credit_code IS NOT NULL`,
];
