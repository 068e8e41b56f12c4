import { ORPCError, ValidationError } from '@orpc/server';
import type { Logger } from 'pino';
import { codeOf } from '../db/retry.ts';
import { centreError } from '../errors.ts';

/** The database cannot be reached, or is going down or coming up: worth another try in a moment. */
function isUnavailable(error: unknown): boolean {
  const code = codeOf(error);
  return (
    ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', '57P01', '57P02', '57P03', '53300'].includes(code) ||
    (error instanceof Error && error.message.startsWith('Connection terminated'))
  );
}

/**
 * What may be written of an error without writing of people: texts of the database and of parsers quote the
 * values they stumble over.
 */
function anonymous(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { kind: typeof error };
  const quotes = codeOf(error) !== '' || error instanceof SyntaxError;
  return {
    kind: error.name,
    code: codeOf(error) || undefined,
    constraint: 'constraint' in error ? error.constraint : undefined,
    message: quotes ? undefined : error.message,
    stack: error.stack?.split('\n').filter((line) => line.trimStart().startsWith('at ')),
  };
}

/** A check of ours names its rule in the message (`code-repeated`); any other is named by what zod calls it. */
function ruleOf(issue: { message: string }): string {
  if (/^[a-z]+(-[a-z]+)+$/.test(issue.message)) return issue.message;
  return 'code' in issue ? String(issue.code) : 'invalid';
}

/**
 * Turns whatever a call threw into what its caller may see, in one place: errors of the contract as they are,
 * invalid input with field and rule, everything else as 500 with the request's id, under which the log has it.
 */
export function toCallerError(error: unknown, requestId: string, log: Logger): ORPCError<string, unknown> {
  if (error instanceof ORPCError) {
    if (error.cause instanceof ValidationError && error.status === 400) {
      const issues = error.cause.issues.map((issue) => ({
        field: (issue.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part)).join('.'),
        rule: ruleOf(issue),
        message: issue.message,
      }));
      return centreError('INPUT_INVALID', { issues });
    }
    if (error.status < 500) return error;
  }
  const unavailable = isUnavailable(error);
  log.error({ requestId, error: anonymous(error) }, unavailable ? 'database unavailable' : 'request failed');
  return unavailable
    ? new ORPCError('SERVICE_UNAVAILABLE', { message: 'The database cannot be reached', data: { requestId } })
    : new ORPCError('INTERNAL_SERVER_ERROR', { message: 'Something failed here', data: { requestId } });
}
