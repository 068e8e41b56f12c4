import { ORPCError, ValidationError } from '@orpc/server';
import type { z } from 'zod';
import {
  workstationErrors,
  type FieldIssue,
  type WorkstationErrorCode,
} from '../../contract/workstation/errors.ts';
import {
  asStorageError,
  RevisionMoved,
  RuleRefused,
  StorageError,
  type StorageFault,
} from './store/index.ts';
import { CentreError } from './sync/centre-link.ts';

/** An error of the contract; what `data` holds is checked against the contract when it leaves. */
export function serviceError(
  code: WorkstationErrorCode,
  data?: unknown,
): ORPCError<WorkstationErrorCode, unknown> {
  const { status, message } = workstationErrors[code];
  return new ORPCError(code, { status, message, data });
}

const RULE = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** A zod issue as field, rule and the values its wording needs. */
function fieldIssue(issue: z.core.$ZodIssue): FieldIssue {
  const parameters: Record<string, string | number> = {};
  if ('minimum' in issue) parameters['minimum'] = Number(issue.minimum);
  if ('maximum' in issue) parameters['maximum'] = Number(issue.maximum);
  if ('format' in issue) parameters['format'] = String(issue.format);
  // A message that is a rule code of ours is more exact; zod's own wording never reaches a person.
  const rule = RULE.test(issue.message) ? issue.message : issue.code;
  return { field: issue.path.map(String).join('.'), rule, parameters };
}

const STORAGE: Record<StorageFault, WorkstationErrorCode> = {
  full: 'STORAGE_FULL',
  busy: 'STORAGE_BUSY',
  io: 'STORAGE_UNREADABLE',
  denied: 'STORAGE_DENIED',
  newer: 'STORAGE_DENIED',
  corrupt: 'STORAGE_DAMAGED',
  'not-a-database': 'STORAGE_DAMAGED',
  missing: 'STORAGE_DAMAGED',
};

/** Maps whatever a service threw to the contract's codes, in one place. */
export function toContractError(error: unknown, problem: (code: string, text: string) => void): unknown {
  if (error instanceof ORPCError) {
    if (error.code === 'BAD_REQUEST' && error.cause instanceof ValidationError) {
      const issues = error.cause.issues.map((issue) => fieldIssue(issue as z.core.$ZodIssue));
      return serviceError('INPUT_INVALID', { issues });
    }
    return error;
  }
  if (error instanceof RuleRefused) return serviceError('RULE', error.refusal);
  if (error instanceof RevisionMoved) {
    const { revision } = error;
    return revision === null ? serviceError('NOT_FOUND') : serviceError('CONFLICT', { revision });
  }
  const storage = asStorageError(error);
  if (storage instanceof StorageError) {
    problem(`storage-${storage.code}`, storage.message);
    return serviceError(STORAGE[storage.code]);
  }
  if (error instanceof CentreError) {
    if (error.code === 'UNREACHABLE') {
      const { cause } = error;
      return serviceError('CENTRE_UNREACHABLE', {
        reason: cause instanceof Error ? cause.message : 'unknown',
      });
    }
    return serviceError('CENTRE_REFUSED', { code: error.code });
  }
  problem('unexpected', error instanceof Error ? (error.stack ?? error.message) : String(error));
  return error;
}
