import { sql } from 'kysely';
import { beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import { asUnit } from '../../src/central/kernel/db/as-unit.ts';
import { centralContract } from '../../src/contract/centre/index.ts';
import { workstationContract } from '../../src/contract/workstation/index.ts';
import { Role } from '../../src/domain/kernel/event/event.ts';
import { may } from '../../src/domain/organisation/index.ts';
import { createCentralClient } from '../../src/protocol/central-client.ts';
import { sessionText, signText } from '../../src/protocol/keys.ts';
import { permissionTable, type Permission } from '../../tools/permission-table.ts';
import { MALL, SECOND_MALL } from '../central/setting.ts';
import { enrolTestDevice, type TestDevice } from '../support/device.ts';
import { FULL } from '../support/full.ts';
import { useWorkstations, type LiveWorkstation } from '../support/live-workstations.ts';
import { ADMIN_TOKEN, codeFor } from '../support/postgres.ts';
import { PASSWORD } from '../support/workstation.ts';
import { toldBy } from './answers.ts';
import { namedIn, withField } from './calling.ts';
import { inputsFor } from './centre-inputs.ts';
import {
  BANK,
  CONSENTING,
  type Consents,
  consent,
  merchantMarks,
  OUTSIDE,
  OUTSIDE_PATHS,
  record,
  rolesAt,
  seenBy,
  sortedMarks,
  staffAt,
  UNITS,
} from './district.ts';
import { id } from './input-values.ts';
import { workstationInputs } from './workstation-inputs.ts';

const given = useWorkstations();
const INPUTS = await workstationInputs();
const TABLE = permissionTable();
const calls = <One extends Permission>(all: readonly One[]): One[] =>
  all.filter(({ endpoint }) => !endpoint.includes(' '));

/**
 * Units with records, and of whom every call is tried: all in the full run; in the short one a mall, by who may see most of what it has
 * and who may see least, beside another mall whose records it must not see; and a bank, which must see none.
 */
const TRIED: { units: readonly string[]; callers: readonly (Role | null)[]; with: readonly string[] } = FULL
  ? { units: [...UNITS, ...OUTSIDE_PATHS], callers: [...Role.options, null], with: UNITS }
  : {
      units: [MALL, BANK],
      callers: ['mediator', 'administrator', 'finance-officer'],
      with: [MALL, SECOND_MALL],
    };

/** Those of whom it is tried that can sit at the unit, and nobody. */
const callersAt = (unitPath: string): (Role | null)[] =>
  TRIED.callers.filter((role) => role === null || rolesAt(unitPath).includes(role));

let consents: Consents = { inForce: '', revoked: '', toAnother: '' };
const stations = new Map<string, LiveWorkstation>();
const stationOf = (unitPath: string): LiveWorkstation => {
  const found = stations.get(unitPath);
  if (!found) throw new Error('Outside a test');
  return found;
};

/** A unit's workstation with everything that it may see, and the marked records of the units that there are. */
async function people(units: readonly string[]): Promise<void> {
  const { passwordHash } = given;
  await given.centre.admin.admin.createUnits({
    units: Object.entries(OUTSIDE).map(([path, body]) => ({
      path,
      name: `${body}（虚构）`,
      body,
      disputePoint: false,
    })),
  });
  await given.centre.admin.admin.addStaff({
    staff: [...UNITS, ...OUTSIDE_PATHS].flatMap((unitPath) =>
      rolesAt(unitPath).map((role) => ({
        id: staffAt(unitPath, role),
        name: '测试员',
        role,
        unitPath,
        passwordHash,
      })),
    ),
  });
  for (const unitPath of units) {
    const station = await given.open(unitPath.replaceAll('/', '-'), unitPath, staffAt(unitPath, 'mediator'));
    stations.set(unitPath, station);
    await record(station, unitPath);
    await station.running.parts.sync.run();
  }
  consents = await consent((unitPath) => stationOf(unitPath).api);
  for (const unitPath of CONSENTING) await stationOf(unitPath).running.parts.sync.run();
  for (const unitPath of OUTSIDE_PATHS.filter((one) => TRIED.units.includes(one))) {
    const [role] = rolesAt(unitPath);
    if (role === undefined) throw new Error(`Nobody sits at ${unitPath}`);
    stations.set(
      unitPath,
      await given.open(unitPath.replaceAll('/', '-'), unitPath, staffAt(unitPath, role)),
    );
  }
  for (const station of stations.values()) await station.running.parts.sync.run();
}

/** Somebody at a window of their own, which no call of another shuts. */
async function windowOf(unitPath: string, role: Role | null): Promise<() => object> {
  const { running } = stationOf(unitPath);
  const { client, api } = running.connect();
  if (role !== null) await api.session.signIn({ staffId: staffAt(unitPath, role), password: PASSWORD });
  return () => running.connect({ ...client }).api;
}

const inputOf = ({ endpoint, when }: Permission, recordId: string): unknown => {
  const sound = namedIn(INPUTS, endpoint);
  const input = when === null ? sound : withField(sound, when.field, when.value);
  const text: string | undefined = JSON.stringify(input);
  return text === undefined ? undefined : JSON.parse(text.replaceAll(id, recordId));
};

type Cell = { who: string; call: string; outcome: string };
type Finding = Cell & { told: string };

type Shown = { whole: boolean; names: boolean; records?: boolean };

/** What of the marks stands in a text where it may not; `whole` and `names` say what may, `records` whether anything of them. */
function wrongIn(text: string, unitPath: string, shown: Shown): string[] {
  const seen = new Set(shown.records === false ? [] : seenBy(unitPath));
  return UNITS.flatMap((owner) => {
    const marks = sortedMarks(owner);
    if (OUTSIDE_PATHS.includes(unitPath)) {
      // Merchants too: a bank knows by name who has consented to it, and offices nobody here.
      const { name, kept } = merchantMarks(owner);
      const known = unitPath === BANK && CONSENTING.includes(owner);
      return [
        ...marks.whole,
        ...marks.names,
        ...marks.shown,
        ...Object.values(kept),
        ...(known ? [] : [name]),
      ].filter((mark) => text.includes(mark));
    }
    const hidden = seen.has(owner)
      ? [...(shown.whole ? [] : marks.whole), ...(shown.names ? [] : marks.names)]
      : [...marks.whole, ...marks.names, ...marks.shown];
    return hidden.filter((mark) => text.includes(mark));
  });
}

const isWhole = (contract: object, endpoint: string): boolean => {
  const call = namedIn(contract, endpoint);
  const meta: unknown =
    call !== null && typeof call === 'object' && '~orpc' in call ? call['~orpc'] : undefined;
  return JSON.stringify(meta).includes('"whole"');
};

beforeEach(async () => {
  stations.clear();
  await people(TRIED.with);
});

/** Which kinds of data were told in each answer to the question for them. */
const toldBank: string[][] = [];
function noteTold(unitPath: string, endpoint: string, outcome: string, text: string): void {
  if (outcome !== 'answered' || !['consents.ask', 'finance.ask'].includes(endpoint)) return;
  const [answer] = z
    .tuple([z.object({ items: z.record(z.string(), z.unknown()).optional() })])
    .rest(z.unknown())
    .parse(JSON.parse(text));
  if (answer.items !== undefined) toldBank.push(Object.keys(answer.items));
  if (unitPath !== BANK) toldBank.push([unitPath]);
}

const cells: Cell[] = [];
const wrong: Finding[] = [];
function tell(cell: Cell, marks: readonly string[]): void {
  cells.push(cell);
  wrong.push(...marks.map((told) => ({ ...cell, told })));
}

/** Every call of the workstations, by everybody at each of them, about the mall's records and about their own. */
async function atWorkstations(): Promise<void> {
  for (const unitPath of TRIED.units) {
    // All are there before any begins: some calls are tried with a wrong password, after which the next one waits.
    const windows = await Promise.all(
      callersAt(unitPath).map(async (role) => ({ role, window: await windowOf(unitPath, role) })),
    );
    for (const { role, window } of windows) {
      const names = role !== null && may(role, 'personal-data.reveal');
      const records = role !== null && may(role, 'case.read');
      const own = UNITS.some((one) => one === unitPath)
        ? [sortedMarks(unitPath).caseId]
        : unitPath === BANK
          ? Object.values(consents)
          : [];
      for (const recordId of new Set([id, ...own]))
        for (const permission of calls(TABLE.workstation)) {
          const { endpoint, when } = permission;
          // Only finance knows of consents.
          if (Object.values(consents).includes(recordId) && !endpoint.startsWith('finance.')) continue;
          const { outcome, text } = await toldBy(window(), endpoint, inputOf(permission, recordId));
          const whole = isWhole(workstationContract, endpoint) && names;
          noteTold(unitPath, endpoint, outcome, text);
          tell(
            { who: `${role} at ${unitPath}`, call: `${endpoint} ${when?.value ?? ''}`.trim(), outcome },
            wrongIn(text, unitPath, { whole, names, records }),
          );
        }
    }
  }
}

/** A device with a token of its own. */
async function tokenOf({ deviceId, client, keys }: TestDevice): Promise<string> {
  const { challenge } = await client.challenge({ deviceId });
  const signature = signText(keys.privateKey, sessionText(deviceId, challenge));
  return (await client.session({ deviceId, challenge, signature })).token;
}

/** Every call of the centre, by a device of each unit in the name of everybody there, by an administrator, and by nobody. */
async function atCentre(device: TestDevice): Promise<void> {
  const { unitPath } = device;
  const tokens = { device: await tokenOf(device), administrator: ADMIN_TOKEN, nobody: undefined };
  for (const [caller, token] of Object.entries(tokens))
    for (const role of caller === 'device'
      ? callersAt(unitPath).filter((one) => one !== null)
      : [Role.enum.supervisor]) {
      const client = createCentralClient({ baseUrl: given.centre.url, token: () => token });
      const inputs = await inputsFor(device, staffAt(unitPath, role), consents.inForce);
      for (const { endpoint } of calls(TABLE.centre)) {
        const { outcome, text } = await toldBy(client, endpoint, namedIn(inputs, endpoint));
        const whole = isWhole(centralContract, endpoint);
        noteTold(unitPath, endpoint, outcome, text);
        tell(
          { who: `${caller} (${role}) of ${unitPath}`, call: endpoint, outcome },
          wrongIn(text, unitPath, { whole, names: whole }),
        );
      }
    }
}

/** Every table and view, read whole under the row-level security of a device. */
async function asSql({ deviceId, unitPath }: TestDevice): Promise<void> {
  const { database } = given.centre.centre;
  const { rows: tables } = await sql<{ name: string }>`
    SELECT relname AS name FROM pg_class WHERE relkind IN ('r', 'p', 'v') AND relnamespace = 'public'::regnamespace
    `.execute(database);
  for (const { name } of tables) {
    const found = await asUnit(database, { deviceId, unitPath }, (work) =>
      sql<{ text: string }>`SELECT one::text AS text FROM ${sql.table(name)} AS one`.execute(work),
    ).catch(() => null);
    const text = (found?.rows ?? []).map((row) => row.text).join('\n');
    tell(
      { who: unitPath, call: `SELECT ${name}`, outcome: found === null ? 'refused' : 'answered' },
      wrongIn(text, unitPath, { whole: true, names: true }),
    );
  }
}

const answeredTo = (call: string): number =>
  cells.filter((cell) => cell.call === call && cell.outcome === 'answered').length;

it('role × unit × call, at workstations, at the centre and as SQL: nobody is told what they may not see, nor a telephone unasked', async () => {
  for (const unitPath of TRIED.units) {
    const code = await codeFor(given.centre, unitPath);
    const device = await enrolTestDevice({ url: given.centre.url, code, now: () => given.centre.now() });
    await atCentre(device);
    await asSql(device);
  }
  await atWorkstations();
  expect(wrong).toEqual([]);
  // What is refused tells nothing by itself: what shows most was really asked and answered.
  const shown = [
    'cases.get',
    'cases.reveal',
    'cases.list',
    'returns.get',
    'documents.agreement',
    'today.get',
  ];
  // The bank was told what is consented to, of all that is asked of it there and at the centre, and refused the rest.
  expect(toldBank).toEqual([['grade'], ['grade']]);
  for (const call of [...shown, 'feed', 'snapshot', 'SELECT event', 'SELECT stream'])
    expect(answeredTo(call), call).toBeGreaterThan(0);
  expect(cells.length).toBeGreaterThan(FULL ? 3500 : 500);
}, 600_000);
