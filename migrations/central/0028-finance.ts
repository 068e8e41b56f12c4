/** Tokens of banks name the bank's own unit, by which merchants' consents name it too. */
export const up: readonly string[] = [`ALTER TABLE access_token ADD COLUMN recipient_path text COLLATE "C"`];
