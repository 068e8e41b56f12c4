import { openDatabase } from '../kernel/db/database.ts';
import { createConsumerMarks } from '../repeats/index.ts';
import { createUnitCache } from '../kernel/units.ts';
import type { Invariant } from './check.ts';
import { verifyInvariants } from './index.ts';

/** Checks the invariants of a database that a centre may be working on; changes nothing. */
export async function verifyDatabase(url: string): Promise<Invariant[]> {
  const { database } = openDatabase(url);
  try {
    return await verifyInvariants(database, createUnitCache(), await createConsumerMarks(database));
  } finally {
    await database.destroy();
  }
}

/** One line an invariant, and a sum. */
export function linesOf(invariants: readonly Invariant[]): string[] {
  const sum = (of: (one: Invariant) => number): number =>
    invariants.reduce((total, one) => total + of(one), 0);
  return [
    ...invariants.flatMap(({ name, checked, broken, examples }) => [
      `${broken === 0 ? 'holds ' : 'BROKEN'} ${name}: ${checked} checked, ${broken} broken`,
      ...examples.map((example) => `         ${example}`),
    ]),
    `${invariants.length} invariants, ${sum((one) => one.checked)} checks, ${sum((one) => one.broken)} broken`,
  ];
}
