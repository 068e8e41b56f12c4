import { hash } from 'node:crypto';
import { verificationCode } from '../domain/document/index.ts';

/**
 * By what an applicant asks how an application stands, beside its number: printed on all its papers. Its id is known to the workstations
 * that see it and to the centre, is random, and stands nowhere outside of them.
 */
export function restorationCode(restorationId: string): string {
  return verificationCode(hash('sha256', `restoration ${restorationId}`));
}
