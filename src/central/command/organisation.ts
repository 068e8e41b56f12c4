import { randomBytes } from 'node:crypto';
import { Role } from '../../domain/kernel/event/event.ts';
import { Body } from '../../domain/organisation/body.ts';
import { Party } from '../../domain/organisation/unit.ts';
import { needed, oneOf, readJson, sayRows, wholeOption, type Call, type Command } from './call.ts';

const UNIT_HEADINGS = ['path', 'name', 'level', 'party', 'disputePoint', 'workstations', 'staff', 'body'];
const STAFF_HEADINGS = ['staffId', 'name', 'role', 'unitPath', 'active'];

async function listUnits(call: Call): Promise<void> {
  const { units } = await call.admin.units({ under: call.options.unit });
  sayRows(call, units, UNIT_HEADINGS);
}

/** What makes a level of the dispute hierarchy. */
const levelOptions = ({ level, party, 'no-point': noPoint }: Call['options']) => ({
  level: wholeOption('level', needed('level', level), 1, 12) ?? 1,
  party: oneOf('party', needed('party', party), Party.options),
  disputePoint: noPoint !== true,
});

/** What makes a department, a window or a bank; a level or a party that was given is refused by the centre, with its rule. */
const outsideOptions = ({ body, level, party }: Call['options']) => ({
  body: oneOf('body', needed('body', body), Body.options),
  disputePoint: false,
  ...(level === undefined ? {} : { level: wholeOption('level', level, 1, 12) ?? 1 }),
  ...(party === undefined ? {} : { party: oneOf('party', party, Party.options) }),
});

/** Units of a file (a JSON list), or one by options. What exists already is left as it is. */
async function addUnits({ admin, options, rest, say }: Call): Promise<void> {
  const [file] = rest;
  type Units = Parameters<typeof admin.createUnits>[0]['units'];
  const units: Units =
    file !== undefined
      ? // Judged by the centre, which names every field that is wrong.
        ((await readJson(file)) as Units)
      : [
          {
            path: needed('unit', options.unit),
            name: needed('name', options.name),
            ...(options.body === undefined ? levelOptions(options) : outsideOptions(options)),
            ...(options.address === undefined ? {} : { address: options.address }),
          },
        ];
  const { created, existing } = await admin.createUnits({ units });
  say(`${created} units created, ${existing} were there already.`);
}

async function listStaff(call: Call): Promise<void> {
  const { staff } = await call.admin.staff({ under: call.options.unit });
  sayRows(call, staff, STAFF_HEADINGS);
}

/** A password of the environment, so that none stands in a shell's history, or a new one that is shown once. */
function passwordFor({ say, env }: Pick<Call, 'say' | 'env'>, whose: string): string {
  const given = env['HESHI_STAFF_PASSWORD'];
  if (given !== undefined) return given;
  const password = randomBytes(9).toString('base64url');
  say(`Password of ${whose}, shown once: ${password}`);
  return password;
}

async function addStaff({ admin, options, rest, env, say }: Call): Promise<void> {
  const [file] = rest;
  type Staff = Parameters<typeof admin.addStaff>[0]['staff'];
  let staff: Staff;
  if (file !== undefined) staff = (await readJson(file)) as Staff;
  else {
    const name = needed('name', options.name);
    const role = oneOf('role', needed('role', options.role), Role.options);
    const unitPath = needed('unit', options.unit);
    const id = options.id === undefined ? {} : { id: options.id };
    staff = [{ name, role, unitPath, ...id, password: passwordFor({ say, env }, name) }];
  }
  const { ids } = await admin.addStaff({ staff });
  say(`${ids.length} accounts added: ${ids.join(' ')}`);
}

async function assign({ admin, options, rest, say }: Call): Promise<void> {
  const [staffId = ''] = rest;
  const role = oneOf('role', needed('role', options.role), Role.options);
  const unitPath = needed('unit', options.unit);
  await admin.assignStaff({ staffId, role, unitPath });
  say(`${staffId} is ${role} at ${unitPath} from now on; workstations know with their next sync.`);
}

async function deactivate({ admin, rest, say }: Call): Promise<void> {
  const [staffId = ''] = rest;
  await admin.deactivateStaff({ staffId });
  say(`${staffId} cannot sign in any more once the workstation has synced; everything they did stays.`);
}

async function renewPassword({ admin, rest, env, say }: Call): Promise<void> {
  const [staffId = ''] = rest;
  await admin.setPassword({ staffId, password: passwordFor({ say, env }, staffId) });
  say(`${staffId} has a new password; it holds at the desk with its next sync.`);
}

/** Units and people. */
export const organisationCommands: Readonly<Record<string, Command>> = {
  'units list': {
    usage: 'units list [--unit PATH] [--json]',
    about: 'units of a scope, with workstations and accounts',
    least: 0,
    most: 0,
    run: listUnits,
  },
  'units add': {
    usage:
      'units add FILE | --unit PATH --name NAME (--level N --party PARTY [--no-point] | --body department|window|bank) [--address TEXT]',
    about: 'creates units, parents first; with --body one outside the dispute hierarchy',
    least: 0,
    most: 1,
    run: addUnits,
  },
  'staff list': {
    usage: 'staff list [--unit PATH] [--json]',
    about: 'accounts of a scope',
    least: 0,
    most: 0,
    run: listStaff,
  },
  'staff add': {
    usage: 'staff add FILE | --unit PATH --name NAME --role ROLE [--id ID]',
    about: 'adds accounts; HESHI_STAFF_PASSWORD or a new password, shown once',
    least: 0,
    most: 1,
    run: addStaff,
  },
  'staff assign': {
    usage: 'staff assign ID --unit PATH --role ROLE',
    about: 'moves a person; what they did stays valid',
    least: 1,
    most: 1,
    run: assign,
  },
  'staff password': {
    usage: 'staff password ID',
    about: 'sets a new password, as above',
    least: 1,
    most: 1,
    run: renewPassword,
  },
  'staff deactivate': {
    usage: 'staff deactivate ID',
    about: 'closes an account',
    least: 1,
    most: 1,
    run: deactivate,
  },
};
