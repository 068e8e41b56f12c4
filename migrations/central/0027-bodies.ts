/**
 * What a unit outside the dispute hierarchy is: a department, a window or a bank; null for a level of the hierarchy. The level of those
 * outside is 0, by which a process of the release before takes them for none.
 */
export const up: readonly string[] = [`ALTER TABLE unit ADD COLUMN body text`];
