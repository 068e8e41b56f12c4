/** What a unit outside the dispute hierarchy is: a department, a window or a bank; null for a level of the hierarchy. */
export const up: readonly string[] = [`ALTER TABLE unit_row ADD COLUMN body TEXT`];
