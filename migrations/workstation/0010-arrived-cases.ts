/** The deadline board finds the few cases that came from other units without looking at every open one. */
export const up: readonly string[] = [
  `CREATE INDEX case_arrived ON case_row (handling_path, due_order, row)
    WHERE open = 1 AND status IN ('escalated', 'handed-down', 'transferred', 'taken-over')`,
];
