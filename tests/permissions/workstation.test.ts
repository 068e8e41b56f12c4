import { join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { isContractProcedure } from '@orpc/contract';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Access } from '../../src/contract/workstation/base.ts';
import { EVIDENCE_PATH } from '../../src/contract/workstation/evidence.ts';
import { workstationContract } from '../../src/contract/workstation/index.ts';
import { Role } from '../../src/domain/kernel/event/event.ts';
import { answerEvidence } from '../../src/main/evidence/web.ts';
import type { Client } from '../../src/main/kernel/parts.ts';
import type { WorkstationClient } from '../../src/main/workstation.ts';
import {
  callsOf,
  permissionTable,
  WORKSTATION_CALLERS,
  WORKSTATION_ENDPOINTS,
  type Permission,
  type WorkstationCaller,
} from '../../tools/permission-table.ts';
import { temporaryFolder } from '../../tools/temporary-folder.ts';
import { openTestWorkstation, PASSWORD, type TestWorkstation } from '../support/workstation.ts';
import { namedIn, outcomeOf, withField } from './calling.ts';
import { workstationInputs } from './workstation-inputs.ts';

const REFUSED = new Set(['NOT_SIGNED_IN', 'NOT_PERMITTED']);
const { workstation: TABLE } = permissionTable();
const INPUTS = await workstationInputs();
const isFile = (endpoint: string): boolean => endpoint.includes(' ');
const CALLS = TABLE.filter(({ endpoint }) => !isFile(endpoint));

let remove: () => Promise<void>;
/** A workstation for each role, with one person of that role, and nobody signed in at the last. */
const workstations = new Map<WorkstationCaller, { workstation: TestWorkstation; client: Client }>();
const there = (caller: WorkstationCaller): { workstation: TestWorkstation; client: Client } => {
  const found = workstations.get(caller);
  if (!found) throw new Error('Outside a test');
  return found;
};
/** The person at a window of their own, which another call does not sign out. */
const contextOf = (caller: WorkstationCaller) => {
  const { workstation, client } = there(caller);
  return workstation.running.connect({ ...client });
};

beforeAll(async () => {
  const temporary = await temporaryFolder();
  remove = temporary.remove;
  for (const caller of WORKSTATION_CALLERS) {
    const role = Role.safeParse(caller).data;
    const workstation = await openTestWorkstation(join(temporary.folder, caller), {
      ...(role === undefined ? {} : { role }),
      signIn: false,
    });
    const { client, api } = workstation.running.connect();
    if (role !== undefined) await api.session.signIn({ staffId: workstation.staffId, password: PASSWORD });
    workstations.set(caller, { workstation, client });
  }
});
afterAll(async () => {
  for (const { workstation } of workstations.values()) await workstation.running.close();
  await remove();
});

function inputOf({ endpoint, when }: Permission): unknown {
  const input = namedIn(INPUTS, endpoint);
  return when === null ? input : withField(input, when.field, when.value);
}

const nameOf = ({ endpoint, when }: Permission): string =>
  when === null ? endpoint : `${endpoint} ${when.field}=${when.value}`;

/** What each call of the table came to, by its name. */
async function outcomes(
  clientOf: () => object,
  inputFor: (permission: Permission) => unknown,
): Promise<Map<string, string>> {
  const all = new Map<string, string>();
  for (const permission of CALLS)
    all.set(nameOf(permission), await outcomeOf(clientOf(), permission.endpoint, inputFor(permission)));
  return all;
}

const letIn = (came: ReadonlyMap<string, string>): string[] =>
  [...came].flatMap(([name, outcome]) => (REFUSED.has(outcome) ? [] : [name]));
const allowed = (caller: WorkstationCaller): string[] =>
  CALLS.filter(({ letsIn }) => letsIn[caller]).map(nameOf);

describe('a call of the workstation', () => {
  it('is of the table, by every role and by nobody', () => {
    expect(CALLS.length).toBeGreaterThan(WORKSTATION_ENDPOINTS.length);
    for (const caller of WORKSTATION_CALLERS) expect(allowed(caller).length, caller).toBeGreaterThan(5);
    expect(allowed('mediator').length).toBeLessThan(CALLS.length);
  });

  const anybody = new Set(allowed('not signed in'));
  const ownOf = (caller: WorkstationCaller): string[] => allowed(caller).filter((one) => !anybody.has(one));

  it('lets those outside the hierarchy do nothing but what is their own and the workstation’s', () => {
    const ofEverybody = [
      'procedures.get',
      'session.touch',
      'session.setPin',
      'session.changePassword',
      'session.carry',
      'session.trustCentre',
      'filters.list',
      'filters.save',
      'filters.rename',
      'filters.remove',
      'search.rebuild',
      'sync.attention',
      'sync.dismiss',
      'sync.noteDamage',
      'drafts.list',
      'drafts.get',
      'drafts.of',
      'drafts.save',
      'drafts.discard',
      'repair.copies',
      'repair.copy',
    ];
    const reading = [
      'restorations.list',
      'restorations.get',
      'restorations.openFile',
      'restorations.paper',
      'restorations.reveal',
    ];
    const step = (name: string): string => `restorations.act action.step=${name}`;
    const own = {
      'repair-clerk': [
        ...reading,
        'sanctions.calls',
        'sanctions.callPhone',
        'sanctions.called',
        'sanctions.callLetter',
        step('restoration-accepted'),
        step('departments-asked'),
        step('restoration-returned'),
        step('restoration-submitted'),
        step('restoration-concluded'),
        step('objection-answered'),
      ],
      // Of a department's own figures: its workstation is told no others.
      'department-reviewer': [
        ...reading,
        step('opinion-given'),
        'figures.get',
        'figures.applications',
        'figures.export',
        'figures.report',
      ],
      'finance-officer': ['finance.consented', 'finance.consent', 'finance.ask', 'finance.lend'],
    } as const;
    for (const role of ['repair-clerk', 'department-reviewer', 'finance-officer'] as const)
      expect(ownOf(role).toSorted(), role).toEqual([...ofEverybody, ...own[role]].toSorted());
    const more = ownOf('credit-officer').filter((one) => !ofEverybody.includes(one));
    expect(more.map((one) => one.split('.')[0])).not.toContain('cases');
    expect(more).toContain('credits.get');
  });

  it.each(WORKSTATION_CALLERS)('lets %s in just where the table says so', async (caller) => {
    const came = await outcomes(() => contextOf(caller).api, inputOf);
    expect(letIn(came)).toEqual(allowed(caller));
    for (const one of CALLS.filter(({ letsIn }) => !letsIn[caller]))
      expect(came.get(nameOf(one)), nameOf(one)).toBe(
        caller === 'not signed in' ? 'NOT_SIGNED_IN' : 'NOT_PERMITTED',
      );
  });

  it('is asked with an input that its form takes', async () => {
    for (const { endpoint } of callsOf<Access>(workstationContract)) {
      const call = namedIn(workstationContract, endpoint);
      if (!isContractProcedure(call)) throw new Error(`${endpoint} is no call`);
      const read = await call['~orpc'].inputSchema?.['~standard'].validate(namedIn(INPUTS, endpoint));
      expect(read?.issues, endpoint).toBeUndefined();
    }
  });

  it.each(WORKSTATION_CALLERS)('asks who %s is before it looks at the input', async (caller) => {
    const came = await outcomes(
      () => contextOf(caller).api,
      ({ when }) => withField({ nonsense: true }, when?.field ?? 'more', when?.value ?? null),
    );
    expect(letIn(came)).toEqual(allowed(caller));
  });

  it('is judged alike when it comes through a port', async () => {
    const { port1, port2 } = new MessageChannel();
    there('supervisor').workstation.running.serve(port1);
    port1.start();
    const client: WorkstationClient = createORPCClient(new RPCLink({ port: port2 }));
    port2.start();
    try {
      expect(letIn(await outcomes(() => client, inputOf))).toEqual(allowed('not signed in'));
    } finally {
      port1.close();
    }
  });

  it('of a value that does not exist is told so to those only who could do something by another', async () => {
    const wrong = withField(namedIn(INPUTS, 'cases.act'), 'action.step', 'case-forgotten');
    const by = (caller: WorkstationCaller): Promise<string> =>
      outcomeOf(contextOf(caller).api, 'cases.act', wrong);
    expect(await by('mediator')).toBe('INPUT_INVALID');
    expect(await by('administrator')).toBe('NOT_PERMITTED');
  });

  const scoped = WORKSTATION_ENDPOINTS.flatMap(({ endpoint, access }) =>
    access !== undefined && access.who !== 'open' && access.scope.within === 'unit and below'
      ? access.scope.fields.map((field) => [endpoint, field] as const)
      : [],
  );
  it.each(scoped)('%s finds no unit outside the person’s scope in %s', async (endpoint, field) => {
    const { api } = contextOf('supervisor');
    const at = (path: string): Promise<string> =>
      outcomeOf(api, endpoint, withField(namedIn(INPUTS, endpoint), field, path));
    for (const path of ['/HS', '/HS/C1', '/HS/C1/M02', '/HS/C1/M011'])
      expect(await at(path), path).toBe('NOT_FOUND');
    for (const path of ['/HS/C1/M01', '/HS/C1/M01/S001']) expect(await at(path), path).not.toBe('NOT_FOUND');
  });
});

describe('a file of evidence', () => {
  const FILES = TABLE.filter(({ endpoint }) => isFile(endpoint));

  it.each(WORKSTATION_CALLERS)(
    'is taken from and given to %s just where the table says so',
    async (caller) => {
      expect(FILES).toHaveLength(2);
      for (const { endpoint, letsIn } of FILES) {
        const [method = ''] = endpoint.split(' ');
        const path =
          method === 'GET' ? `${EVIDENCE_PATH}/nowhere/${'a'.repeat(64)}` : `${EVIDENCE_PATH}?caseId=nowhere`;
        const { client } = contextOf(caller);
        const response = await answerEvidence(
          there(caller).workstation.running.contextOf(client),
          new Request(`http://127.0.0.1${path}`, { method, ...(method === 'POST' ? { body: 'x' } : {}) }),
        );
        const { code } = z.object({ code: z.string() }).parse(await response.json());
        expect(REFUSED.has(code), `${endpoint}: ${code}`).toBe(!letsIn[caller]);
      }
    },
  );
});
