/**
 * Merchants whose promise waits to be confirmed, returns that nobody has decided, and returns at another shop than that of purchase,
 * each found without the rest.
 */
export const up: readonly string[] = [
  `ALTER TABLE merchant_row ADD COLUMN proposed INTEGER NOT NULL DEFAULT 0`,
  `CREATE INDEX merchant_proposed ON merchant_row (name, row) WHERE proposed = 1`,
  `CREATE INDEX return_waiting ON return_row (unit_path, requested_at, row) WHERE status = 'requested' AND case_id IS NULL`,
  `CREATE INDEX return_disputed ON return_row (case_id) WHERE case_id IS NOT NULL`,
  `ALTER TABLE return_row ADD COLUMN purchase_merchant_id TEXT`,
  `ALTER TABLE return_row ADD COLUMN purchase_merchant_name TEXT`,
  `ALTER TABLE return_row ADD COLUMN refund_fen INTEGER`,
  `ALTER TABLE return_row ADD COLUMN refunded_on TEXT`,
  `ALTER TABLE return_row ADD COLUMN settlements TEXT`,
  `CREATE INDEX return_cross_shop ON return_row (refunded_on, row) WHERE purchase_merchant_id IS NOT NULL AND status = 'granted'`,
];
