import { Role } from './kernel/event/event.ts';
import { STREAMS } from './streams.ts';

/** Grows whenever a reducer makes another state of the same events: states of other forms are not exchanged. */
export const STATE_FORM = 3;

/** Every `type@version` that this release applies, in one order. */
export function knownFacts(): string[] {
  return STREAMS.flatMap(({ schemas }) => Object.keys(schemas)).toSorted();
}

/** Every kind with its facts, and every role, that this release knows: what is set aside as unknown is none of them. */
export function knownNames(): string[] {
  const facts = STREAMS.flatMap(({ kind, schemas }) => Object.keys(schemas).map((fact) => `${kind}/${fact}`));
  return [...facts, ...Role.options].toSorted();
}
