import { archiveClosed } from '../../../src/central/archive/archive.ts';
import { defaultProcedure } from '../../../src/domain/procedure/default-procedure.ts';
import type { Simulation } from './simulation.ts';
import { SMALL_STEPS, STEPS } from './steps.ts';
import { personActs, synchronize } from './work.ts';
import { FIRST_DAY } from './world.ts';

/** Steps between two nights in which the centre archives. */
export const ARCHIVED_EVERY = 9;
const DAY = 86_400_000;
const DEEDS = 3;

/** Every fourth seed that lives long enough lives in a district whose closed cases leave after a day. */
export function archives({ seed, steps = STEPS }: { seed: number; steps?: number }): boolean {
  return seed % 4 === 0 && steps > SMALL_STEPS;
}

/** A district where a closed case stays one day, and the consumer is called within one. */
export async function shortenPeriod(simulation: Simulation): Promise<void> {
  const procedure = structuredClone(defaultProcedure);
  procedure.effectiveFrom = FIRST_DAY.slice(0, 10);
  const day = { ...procedure.limits.confirmationDays, value: 1 };
  procedure.limits.retentionDays = day;
  procedure.limits.satisfactionCallDays = day;
  await simulation.centre.admin.admin.publishProcedure({ procedure });
}

/** People bring cases to an end, as far as they get; days pass in which nobody does anything, and the centre's job runs. */
export async function archiveOld(simulation: Simulation): Promise<void> {
  for (const workstation of simulation.workstations) {
    for (let deed = 0; deed < DEEDS; deed += 1) await personActs(simulation, workstation, { kind: 'end' });
    if (simulation.random.chance(0.7)) await synchronize(simulation, workstation);
  }
  simulation.advance(3 * DAY);
  const { database, units } = simulation.centre;
  const archived = await archiveClosed(database, units, simulation.now());
  simulation.note(`the centre archives ${archived}`);
}
