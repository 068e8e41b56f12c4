import { ORPCError } from '@orpc/client';
import type { FieldIssue, WorkstationErrorCode } from '../../../contract/workstation/errors.ts';

/** An error as a screen words it: `errors.<code>`, its fields, or the rule that refuses. */
export type ApiError = {
  code: WorkstationErrorCode | 'UNEXPECTED' | 'HOST_UNREACHABLE' | 'HOST_REFUSED';
  issues: FieldIssue[];
  /** The rule that refused, when one did. */
  rule: FieldIssue | null;
  /** Figures that belong to its wording: how long to wait, how many tries are left. */
  figures: Record<string, number>;
  /** What the centre or the system said: its own code or words, never shown as they are. */
  detail: string;
};

type Data = {
  issues?: FieldIssue[];
  rule?: string;
  field?: string;
  parameters?: Record<string, string | number>;
  reason?: string;
  code?: string;
};

function figuresOf(data: object): Record<string, number> {
  return Object.fromEntries(Object.entries(data).filter(([, value]) => typeof value === 'number'));
}

/** Any thrown value as an `ApiError`. */
export function asApiError(error: unknown): ApiError {
  if (!(error instanceof ORPCError)) {
    const detail = error instanceof Error ? error.message : String(error);
    // The browser's own words for a server that is gone.
    return {
      code: error instanceof TypeError ? 'HOST_UNREACHABLE' : 'UNEXPECTED',
      issues: [],
      rule: null,
      figures: {},
      detail,
    };
  }
  const data = (error.data ?? {}) as Data;
  const rule =
    data.rule === undefined
      ? null
      : {
          field: data.field ?? '',
          rule: data.rule,
          ...(data.parameters ? { parameters: data.parameters } : {}),
        };
  // The host itself answers 403 to a browser it does not know: it was started again, or the cookie is gone.
  const refusedByHost = !error.defined && error.status === 403;
  return {
    code: refusedByHost
      ? 'HOST_REFUSED'
      : error.defined
        ? (error.code as WorkstationErrorCode)
        : 'UNEXPECTED',
    issues: data.issues ?? (rule && rule.field !== '' ? [rule] : []),
    rule,
    figures: figuresOf(data),
    detail: data.reason ?? data.code ?? error.message,
  };
}
