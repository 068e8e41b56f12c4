import { createCentralClient } from '../../src/protocol/central-client.ts';
import { staffOf } from '../simulate/fault-model/world.ts';
import { ADMIN_TOKEN } from '../world/centre-orders.ts';
import type { Random } from '../world/random.ts';
import type { Ledger } from './ledger.ts';
import { startPerson, type Person } from './person.ts';
import { createWorkstationProcess } from './processes.ts';

/** Units of the little district, in the order in which workstations stand there. */
export const SEATS = ['/HS/C1/M01', '/HS/C1/M01', '/HS/C1/M01/S001', '/HS/C1'];

/** Enrols a workstation process for each name, with a person who works at it. */
export async function seatPeople(options: {
  names: readonly string[];
  centreUrl: string;
  folder: string;
  /** The tree whose code the workstations run; this one unless told. */
  tree?: string;
  ledger: Ledger;
  random: Random;
  /** What ends them when all else fails. */
  closing: (() => Promise<unknown>)[];
}): Promise<Person[]> {
  const { names, centreUrl, folder, tree, ledger, random, closing } = options;
  const admin = createCentralClient({ baseUrl: centreUrl, token: () => ADMIN_TOKEN });
  const unitPaths = names.map((_, index) => SEATS[index % SEATS.length] ?? '/HS');
  const { codes } = await admin.admin.createCodes({ unitPaths, validMinutes: 60 });
  const people: Person[] = [];
  for (const [index, name] of names.entries()) {
    const workstation = createWorkstationProcess(name, folder, tree);
    closing.push(() => workstation.kill());
    people.push(
      await startPerson({
        workstation,
        staffId: staffOf(unitPaths[index] ?? '/HS')[0],
        ledger,
        random: random.branch(name),
        enrolment: { centreUrl, code: codes[index]?.code ?? '' },
      }),
    );
  }
  return people;
}
