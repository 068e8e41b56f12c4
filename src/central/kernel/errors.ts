import { ORPCError } from '@orpc/server';
import type { z } from 'zod';
import { centreErrors, type CentreErrorCode } from '../../contract/centre/index.ts';

type DataOf<Code extends CentreErrorCode> = (typeof centreErrors)[Code] extends {
  data: infer Data extends z.ZodType;
}
  ? undefined extends z.input<Data>
    ? [data?: z.input<Data>]
    : [data: z.input<Data>]
  : [];

/** An error of the contract, with its status and message: what a caller may see. */
export function centreError<Code extends CentreErrorCode>(
  code: Code,
  ...[data]: DataOf<Code>
): ORPCError<Code, unknown> {
  const { status, message } = centreErrors[code];
  return new ORPCError(code, { status, message, data });
}
