import { hash } from 'node:crypto';
import { knownFacts, knownNames, STATE_FORM } from '../domain/known-facts.ts';

/**
 * Identifies the reducers of this release. Two sides with the same text turn the same events into the same states, so that one can
 * take over the other's states.
 */
export function stateForm(): string {
  return hash('sha256', [STATE_FORM, ...knownFacts()].join('\n')).slice(0, 16);
}

/**
 * Identifies the event types this release knows. A different text means that facts set aside as unknown may be known now.
 */
export function knowledge(): string {
  return hash('sha256', knownNames().join('\n')).slice(0, 16);
}
