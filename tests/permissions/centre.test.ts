import { isContractProcedure } from '@orpc/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Access } from '../../src/contract/centre/base.ts';
import { EVIDENCE_CONTENT, EVIDENCE_UPLOADS } from '../../src/contract/centre/evidence.ts';
import { centralContract } from '../../src/contract/centre/index.ts';
import { createCentralClient } from '../../src/protocol/central-client.ts';
import { sessionText, signText } from '../../src/protocol/keys.ts';
import {
  callsOf,
  CENTRE_CALLERS,
  CENTRE_ENDPOINTS,
  permissionTable,
  type CentreCaller,
} from '../../tools/permission-table.ts';
import { temporaryFolder } from '../../tools/temporary-folder.ts';
import { CIRCLE, circleSupervisor, MALL, PASSWORD_HASH, useCentre } from '../central/setting.ts';
import type { TestDevice } from '../support/device.ts';
import { ADMIN_TOKEN } from '../support/postgres.ts';
import { namedIn, outcomeOf, withField } from './calling.ts';
import { inputsFor } from './centre-inputs.ts';
import { businessDay } from '../../src/domain/kernel/calendar/index.ts';

const options = { evidenceFolder: '' };
let remove: () => Promise<void>;
beforeAll(async () => {
  ({ folder: options.evidenceFolder, remove } = await temporaryFolder());
});
afterAll(() => remove());
const setting = useCentre(options);

const REFUSED = new Set(['NOT_AUTHENTICATED', 'FORBIDDEN']);
const { centre: TABLE } = permissionTable();
const CALLS = TABLE.filter(({ endpoint }) => !endpoint.includes(' '));
const ADDRESSES = TABLE.filter(({ endpoint }) => endpoint.includes(' '));

type Calling = { token: string | undefined; staffId: string; device: TestDevice };

/** Of the device's unit, with a role that has neither to do with cases nor with other people's work. */
const CLERK = 'clerk-circle';

/** How a caller comes: a device has a session; who sits before it is a clerk or a supervisor of its unit. */
async function calling(caller: CentreCaller): Promise<Calling> {
  const device = await setting.device(CIRCLE);
  const clerk = { id: CLERK, name: '文员（虚构）', role: 'administrator' as const, unitPath: CIRCLE };
  await setting.centre.admin.admin.addStaff({ staff: [{ ...clerk, passwordHash: PASSWORD_HASH }] });
  const { deviceId, client, keys } = device;
  const { challenge } = await client.challenge({ deviceId });
  const signature = signText(keys.privateKey, sessionText(deviceId, challenge));
  const { token } = await client.session({ deviceId, challenge, signature });
  const issued = await setting.centre.admin.admin.issueToken({
    unitPath: CIRCLE,
    scopes: ['grades.read', 'points.read', 'data.read', 'lines.record'],
    recipientPath: '/HS/B01',
    until: businessDay(new Date().toISOString()),
    heldBy: '虚构银行',
    purpose: '贷款审查',
  });
  const tokens: Record<CentreCaller, string | undefined> = {
    nobody: undefined,
    device: token,
    'supervisor at a device': token,
    'holder of a token': issued.token,
    administrator: ADMIN_TOKEN,
  };
  const staffId = caller === 'supervisor at a device' ? circleSupervisor.staffId : CLERK;
  return { token: tokens[caller], staffId, device };
}

const clientOf = ({ token }: Calling) =>
  createCentralClient({ baseUrl: setting.centre.url, token: () => token });
const allowed = (caller: CentreCaller): string[] =>
  CALLS.flatMap(({ endpoint, letsIn }) => (letsIn[caller] ? [endpoint] : []));

/** Which addresses beside the calls let that token in. */
async function addressesOpenTo({ token }: Calling): Promise<string[]> {
  const authorization: Record<string, string> =
    token === undefined ? {} : { authorization: `Bearer ${token}` };
  const named = [
    `filename ${Buffer.from('x').toString('base64')}`,
    `caseId ${Buffer.from('nowhere').toString('base64')}`,
    `sha256 ${Buffer.from('a'.repeat(64)).toString('base64')}`,
  ].join(',');
  const upload = { 'tus-resumable': '1.0.0', 'upload-length': '1', 'upload-metadata': named };
  const open: string[] = [];
  for (const { endpoint } of ADDRESSES) {
    const [method = '', address = ''] = endpoint.split(' ');
    const path = address.startsWith(EVIDENCE_CONTENT)
      ? `${EVIDENCE_CONTENT}/nowhere/${'a'.repeat(64)}`
      : address;
    const response = await fetch(`${setting.centre.url}${path}`, {
      method,
      headers: { ...authorization, ...(path === EVIDENCE_UPLOADS ? upload : {}) },
    });
    await response.arrayBuffer();
    if (response.status !== 401) open.push(endpoint);
  }
  return open;
}

describe('a call of the centre, and an address beside the calls', () => {
  it.each(CENTRE_CALLERS)('lets %s in just where the table says so', async (caller) => {
    const by = await calling(caller);
    // First, as some of the calls take things out of use.
    expect(await addressesOpenTo(by)).toEqual(
      ADDRESSES.flatMap(({ endpoint, letsIn }) => (letsIn[caller] ? [endpoint] : [])),
    );
    const inputs = await inputsFor(by.device, by.staffId);
    const came = new Map<string, string>();
    for (const { endpoint } of CALLS)
      came.set(endpoint, await outcomeOf(clientOf(by), endpoint, namedIn(inputs, endpoint)));
    const letIn = [...came].flatMap(([endpoint, outcome]) => (REFUSED.has(outcome) ? [] : [endpoint]));
    expect(letIn).toEqual(allowed(caller));
    expect([...came.values()].filter((outcome) => outcome.startsWith('failed'))).toEqual([]);
  });

  it.each(CENTRE_CALLERS)('asks who %s is before it looks at the input', async (caller) => {
    const by = await calling(caller);
    const shut = CALLS.filter(({ letsIn }) => !letsIn[caller]);
    expect(shut.length).toBeGreaterThan(0);
    for (const { endpoint } of shut) {
      // A member of the address has to be there for the call to be known at all.
      const outcome = await outcomeOf(clientOf(by), endpoint, { nonsense: true, deviceId: 'x' });
      expect(REFUSED.has(outcome), `${endpoint}: ${outcome}`).toBe(true);
    }
  });

  it('is asked with an input that its form takes', async () => {
    const { device, staffId } = await calling('device');
    const inputs = await inputsFor(device, staffId);
    for (const { endpoint } of callsOf<Access>(centralContract)) {
      const call = namedIn(centralContract, endpoint);
      if (!isContractProcedure(call)) throw new Error(`${endpoint} is no call`);
      const read = await call['~orpc'].inputSchema?.['~standard'].validate(namedIn(inputs, endpoint));
      expect(read?.issues, endpoint).toBeUndefined();
    }
  });

  it('is for units of the device’s scope where it names one', async () => {
    const by = await calling('device');
    const inputs = await inputsFor(by.device, by.staffId);
    const scoped = CENTRE_ENDPOINTS.flatMap(({ endpoint, access }) =>
      access !== undefined && 'scope' in access && access.scope.within === 'unit and below'
        ? access.scope.fields.map((field) => ({ endpoint, field }))
        : [],
    );
    expect(scoped.length).toBeGreaterThan(0);
    for (const { endpoint, field } of scoped) {
      const at = (path: string): Promise<string> =>
        outcomeOf(clientOf(by), endpoint, withField(namedIn(inputs, endpoint), field, path));
      for (const path of ['/HS', '/HS/C11', '/HS/C2']) expect(await at(path), endpoint).toBe('FORBIDDEN');
      for (const path of [CIRCLE, MALL]) expect(await at(path), endpoint).toBe('answered');
    }
  });
});
