import { hash } from 'node:crypto';
import { knownFacts, knownNames, STATE_FORM } from '../domain/known-facts.ts';

/**
 * What states this release's reducers make: the same text on two sides says that they apply the same events in the
 * same way, so that one side's states are what the other would have made of the same feed.
 */
export function stateForm(): string {
  return hash('sha256', [STATE_FORM, ...knownFacts()].join('\n')).slice(0, 16);
}

/**
 * What this release knows at all: another text means that facts which were set aside as unknown may be known now.
 */
export function knowledge(): string {
  return hash('sha256', knownNames().join('\n')).slice(0, 16);
}
