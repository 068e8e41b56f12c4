import { hash } from 'node:crypto';
import { verificationCode } from '../domain/document/index.ts';

/**
 * The code with which a consumer looks up their return, besides its number. A return has no printed document whose code could be
 * used; its id is random and known only to the workstation that made it and to the centre.
 */
export function returnCode(returnId: string): string {
  return verificationCode(hash('sha256', `return ${returnId}`));
}
