import { hash } from 'node:crypto';
import { verificationCode } from '../domain/document/index.ts';

/**
 * By what a consumer asks about their return, beside its number. A return has no paper whose code could serve; its id is known to the
 * workstation that made it and to the centre, is random, and stands nowhere outside of them.
 */
export function returnCode(returnId: string): string {
  return verificationCode(hash('sha256', `return ${returnId}`));
}
