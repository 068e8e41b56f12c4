import { weatherOf } from './network.ts';
import { CENTRE_ADDRESS } from './simulated-centre.ts';
import { openWorkstation } from './simulated-workstation.ts';
import type { Simulation } from './simulation.ts';
import { outcome, seat, synchronize } from './work.ts';
import { WORKSTATIONS, staffOf } from './world.ts';

/** Enrols a workstation in the middle of things, in whatever weather. */
export async function seatNewcomer(
  simulation: Simulation,
  place: { name: string; unitPath: string; staffId: string },
): Promise<void> {
  const { codes } = await simulation.centre.admin.admin.createCodes({
    unitPaths: [place.unitPath],
    validMinutes: 60,
  });
  const workstation = await openWorkstation(simulation, place);
  const enrol = (): Promise<unknown> =>
    workstation.api.session.enrol({
      centreUrl: CENTRE_ADDRESS,
      code: codes[0]?.code ?? '',
      deviceName: workstation.name,
    });
  if ((await outcome(enrol)) !== 'ok') {
    // The person would type the code again; here the weather is made to hold for the moment.
    const weather = weatherOf(simulation);
    const { bad } = weather;
    weather.bad = false;
    await enrol();
    weather.bad = bad;
  }
  await seat(workstation);
  simulation.workstations.push(workstation);
}

/** One more workstation at a unit that has a past: it begins with a snapshot, and the history comes after. */
export async function join(simulation: Simulation): Promise<void> {
  const { unitPath } = simulation.random.pick(WORKSTATIONS);
  const name = 'newcomer';
  await seatNewcomer(simulation, { name, unitPath, staffId: staffOf(unitPath)[0] });
  simulation.note(`${name} joins ${unitPath}`);
  const workstation = simulation.workstations.find((one) => one.name === name);
  if (workstation !== undefined) await synchronize(simulation, workstation);
}
