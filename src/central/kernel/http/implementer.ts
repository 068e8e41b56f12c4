import { implement, ORPCError } from '@orpc/server';
import type { CallsWith } from '../../../contract/access.ts';
import type {
  AdministratorAccess,
  DeviceAccess,
  OpenAccess,
  PersonAccess,
  TokenAccess,
} from '../../../contract/centre/base.ts';
import { centralContract, type CentralContract } from '../../../contract/centre/index.ts';
import { faultOfValue } from '../../../domain/kernel/text/index.ts';
import { maskAnswer } from '../../../domain/streams.ts';
import { centreError } from '../errors.ts';
import { deviceCalling, personAsking } from './access.ts';
import type { CentreContext } from './context.ts';

/**
 * Answers are not checked against their schemas: for a page of a feed that would cost more than reading it, and their types are
 * checked when this is compiled. NaN is no place among the middlewares (oRPC's documentation, "Disabling Output Validation").
 */
const UNCHECKED = { initialOutputValidationIndex: Number.NaN };

const openCalls: CallsWith<CentralContract, OpenAccess> = centralContract;
const deviceCalls: CallsWith<CentralContract, DeviceAccess> = centralContract;
const personCalls: CallsWith<CentralContract, PersonAccess> = centralContract;
const tokenCalls: CallsWith<CentralContract, TokenAccess> = centralContract;
const administratorCalls: CallsWith<CentralContract, AdministratorAccess> = centralContract;

/**
 * Refuses texts that no database can hold, in whatever is asked.
 * @throws INPUT_INVALID naming the field
 */
function requirePlain(input: unknown): void {
  const fault = faultOfValue(input);
  if (fault === null) return;
  throw centreError('INPUT_INVALID', {
    issues: [{ ...fault, message: 'Text with characters that cannot be kept' }],
  });
}

/**
 * The one place where personal data is masked, names too: whoever the centre answers is a stranger to its consumers, but for the
 * workstations that hold their records, and what they read whole says so in the contract. A stream of events says only that
 * something moved.
 */
function masked<Answer extends { output: unknown }>(answer: Answer, { whole }: { whole?: string }): Answer {
  return whole === undefined ? { ...answer, output: maskAnswer(answer.output, { names: true }) } : answer;
}

// Who calls was found out before the body was read (`guard.ts`), and what they may is judged by what the contract declares before the
// input is validated: whoever may not call learns nothing of the rules. No handler can be made for a call otherwise than by the access that it declares.

/** Calls of anybody. */
export const openOs = implement(openCalls, UNCHECKED)
  .$context<CentreContext>()
  .use(async ({ procedure, next }, input) => {
    requirePlain(input);
    return masked(await next(), procedure['~orpc'].meta);
  });

/** Calls of a workstation. */
export const deviceOs = implement(deviceCalls, UNCHECKED)
  .$context<CentreContext>()
  .use(async ({ context, path, procedure, next }, input) => {
    const device = deviceCalling(context, procedure['~orpc'].meta.access, input);
    // Pushed events are judged one by one, so that a bad one blocks nothing.
    if (path.join('.') !== 'push') requirePlain(input);
    return masked(await next({ context: { device } }), procedure['~orpc'].meta);
  });

/** Calls of a workstation in the name of a person. */
export const personOs = implement(personCalls, UNCHECKED)
  .$context<CentreContext>()
  .use(async ({ context, procedure, next }, input) => {
    const { access } = procedure['~orpc'].meta;
    const device = deviceCalling(context, access, input);
    const person = await personAsking(context, device, access.needs, input);
    requirePlain(input);
    return masked(await next({ context: { device, person } }), procedure['~orpc'].meta);
  });

/** Calls of a body outside. */
export const tokenOs = implement(tokenCalls, UNCHECKED)
  .$context<CentreContext>()
  .use(async ({ context, procedure, next }, input) => {
    const { caller } = context;
    if (caller.who !== 'token') throw centreError('NOT_AUTHENTICATED');
    requirePlain(input);
    return masked(await next({ context: { holder: caller.holder } }), procedure['~orpc'].meta);
  });

/** Whether a dangerous call only says what it would do. */
const isRehearsal = (input: unknown): boolean =>
  typeof input === 'object' && input !== null && 'dryRun' in input && input.dryRun === true;

/** What became of a call, as it is kept: the code of a refusal and its rule, never what was sent. */
function outcomeOf(error: unknown): string {
  if (!(error instanceof ORPCError)) return 'failed';
  const data: unknown = error.data;
  const rule = typeof data === 'object' && data !== null && 'rule' in data ? ` ${String(data.rule)}` : '';
  return `${String(error.code)}${rule}`;
}

/** Calls of an administrator. All but those that only read are kept, with who, when and what became of them. */
export const administratorOs = implement(administratorCalls, UNCHECKED)
  .$context<CentreContext>()
  .use(async ({ context, path, procedure, next }, input) => {
    const { caller, administrators } = context;
    if (caller.who !== 'administrator') throw centreError('NOT_AUTHENTICATED');
    const { administrator } = caller;
    const { access } = procedure['~orpc'].meta;
    const go = async () => {
      if (access.dangerous && !isRehearsal(input))
        await administrators.second(administrator, context.secondCode, context.clock());
      requirePlain(input);
      return masked(await next({ context: { administrator } }), procedure['~orpc'].meta);
    };
    if (access.for === 'read' && !access.dangerous) return go();
    const act = await administrators.began(administrator, path.join('.'), context.clock());
    try {
      const answer = await go();
      await act.ended('done');
      return answer;
    } catch (error) {
      await act.ended(outcomeOf(error));
      throw error;
    }
  });
