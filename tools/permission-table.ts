import { isContractProcedure, type ContractRouter } from '@orpc/contract';
import type { Declares } from '../src/contract/access.ts';
import type { Access as CentreAccess } from '../src/contract/centre/base.ts';
import { EVIDENCE_ACCESS, EVIDENCE_CONTENT, EVIDENCE_UPLOADS } from '../src/contract/centre/evidence.ts';
import { centralContract } from '../src/contract/centre/index.ts';
import { OPERATION_ACCESS } from '../src/contract/centre/operation.ts';
import type { Access as WorkstationAccess } from '../src/contract/workstation/base.ts';
import { EVIDENCE_ACCESS as FILE_ACCESS, EVIDENCE_PATH } from '../src/contract/workstation/evidence.ts';
import { workstationContract } from '../src/contract/workstation/index.ts';
import { Role } from '../src/domain/kernel/event/event.ts';
import { may, type Capability, type Scope } from '../src/domain/organisation/index.ts';

export const WORKSTATION_CALLERS = [...Role.options, 'not signed in'] as const;
export type WorkstationCaller = (typeof WORKSTATION_CALLERS)[number];
export const CENTRE_CALLERS = [
  'nobody',
  'device',
  'supervisor at a device',
  'holder of a token',
  'administrator',
] as const;
export type CentreCaller = (typeof CENTRE_CALLERS)[number];

/** One endpoint, or one value of the field that decides what it takes: whom it lets in. */
export type Permission<Caller extends string = string> = {
  endpoint: string;
  /** That field and value; null where nothing of the input decides. */
  when: { field: string; value: string } | null;
  letsIn: Record<Caller, boolean>;
  /** All of them are needed. */
  capabilities: readonly Capability[];
  scope: string;
  /** Why an open endpoint is open. */
  reason: string | null;
};

/** An endpoint with what it declares; undefined for one that was made past the contract's builders. */
export type Endpoint<Access> = { endpoint: string; access: Access | undefined };

/** Every call of a contract by its name. */
export function callsOf<Access>(contract: ContractRouter<Declares<Access>>, name = ''): Endpoint<Access>[] {
  if (isContractProcedure(contract)) {
    const meta: Partial<Declares<Access>> = contract['~orpc'].meta;
    return [{ endpoint: name, access: meta.access }];
  }
  return Object.entries(contract).flatMap(([key, one]) => callsOf(one, name === '' ? key : `${name}.${key}`));
}

/** Every way into a workstation: its calls, and the files beside them. */
export const WORKSTATION_ENDPOINTS: readonly Endpoint<WorkstationAccess>[] = [
  ...callsOf<WorkstationAccess>(workstationContract),
  { endpoint: `POST ${EVIDENCE_PATH}`, access: FILE_ACCESS.add },
  { endpoint: `GET ${EVIDENCE_PATH}/<case>/<sha256>`, access: FILE_ACCESS.read },
];

/** Every way into a centre. */
export const CENTRE_ENDPOINTS: readonly Endpoint<CentreAccess>[] = [
  ...callsOf<CentreAccess>(centralContract),
  { endpoint: `POST ${EVIDENCE_UPLOADS}`, access: EVIDENCE_ACCESS },
  { endpoint: `GET ${EVIDENCE_CONTENT}/<case>/<sha256>`, access: EVIDENCE_ACCESS },
  ...Object.entries(OPERATION_ACCESS).map(([path, access]) => ({ endpoint: `GET ${path}`, access })),
];

/** Endpoints that declare nothing: there are none, or nobody can say who may call them. */
export function unguarded(endpoints: readonly Endpoint<unknown>[]): string[] {
  return endpoints.flatMap(({ endpoint, access }) => (access === undefined ? [endpoint] : []));
}

const scopeText = (scope: Scope): string =>
  scope.within === 'unit and below' && scope.fields.length > 0
    ? `${scope.within} (${scope.fields.join(', ')})`
    : scope.within;

function record<Name extends string, Value>(
  names: readonly Name[],
  valueOf: (name: Name) => Value,
): Record<Name, Value> {
  return Object.fromEntries(names.map((name) => [name, valueOf(name)])) as Record<Name, Value>;
}

function atWorkstation({ endpoint, access }: Endpoint<WorkstationAccess>): Permission<WorkstationCaller>[] {
  if (access === undefined) return [];
  const permission = (
    capabilities: readonly Capability[],
    more: Partial<Permission<WorkstationCaller>> = {},
  ): Permission<WorkstationCaller> => ({
    endpoint,
    when: null,
    letsIn: record(WORKSTATION_CALLERS, (caller) =>
      caller === 'not signed in' ? access.who === 'open' : capabilities.every((one) => may(caller, one)),
    ),
    capabilities,
    scope: access.who === 'open' ? 'none' : scopeText(access.scope),
    reason: access.who === 'open' ? access.reason : null,
    ...more,
  });
  switch (access.who) {
    case 'open':
    case 'signed-in':
      return [permission([])];
    case 'capable':
      return [permission(access.needs)];
    case 'capable-by':
      return Object.entries(access.needs).map(([value, needs]) =>
        permission(needs, { when: { field: access.field, value } }),
      );
  }
}

function scopeAtCentre(access: CentreAccess): string {
  if ('scope' in access) return scopeText(access.scope);
  if (access.who === 'token') return `the token’s unit and below (${access.grants})`;
  return access.who === 'open' ? 'none' : 'every unit';
}

function atCentre({ endpoint, access }: Endpoint<CentreAccess>): Permission<CentreCaller>[] {
  if (access === undefined) return [];
  const letsIn = (caller: CentreCaller): boolean => {
    switch (access.who) {
      case 'open':
        return true;
      case 'device':
        return caller === 'device' || caller === 'supervisor at a device';
      case 'person':
        return caller === 'supervisor at a device' && access.needs.every((one) => may('supervisor', one));
      case 'token':
        return caller === 'holder of a token';
      case 'administrator':
        return caller === 'administrator';
    }
  };
  return [
    {
      endpoint,
      when: null,
      letsIn: record(CENTRE_CALLERS, letsIn),
      capabilities: access.who === 'person' ? access.needs : [],
      scope: scopeAtCentre(access),
      reason: access.who === 'open' ? access.reason : null,
    },
  ];
}

/** Who may call what, made from the contracts. */
export function permissionTable(): {
  workstation: Permission<WorkstationCaller>[];
  centre: Permission<CentreCaller>[];
  unguarded: string[];
} {
  return {
    workstation: WORKSTATION_ENDPOINTS.flatMap(atWorkstation),
    centre: CENTRE_ENDPOINTS.flatMap(atCentre),
    unguarded: [...unguarded(WORKSTATION_ENDPOINTS), ...unguarded(CENTRE_ENDPOINTS)],
  };
}
