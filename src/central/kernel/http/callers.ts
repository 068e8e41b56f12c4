import type { Access } from '../../../contract/centre/base.ts';
import { admitDevice } from './admit.ts';
import type { CentreParts } from './context.ts';
import type { Administrator } from './administrators.ts';
import type { DeviceSession } from './sessions.ts';
import { tokenCalling, type TokenHolder } from './tokens.ts';

/** Who calls, by what they show. */
export type Caller =
  | { who: 'nobody' }
  | { who: 'device'; device: DeviceSession }
  | { who: 'token'; holder: TokenHolder }
  | { who: 'administrator'; administrator: Administrator };

/**
 * Who makes a call that is declared so, counted, by what it came with: nothing of its body has been read by then.
 * @throws NOT_AUTHENTICATED, DEVICE_REVOKED, FORBIDDEN for a token that is for something else, TOO_MANY_REQUESTS
 */
export async function callerOf(
  parts: CentreParts,
  authorization: string | undefined,
  access: Access,
): Promise<Caller> {
  switch (access.who) {
    case 'open':
      return { who: 'nobody' };
    case 'token':
      return { who: 'token', holder: await tokenCalling({ ...parts, authorization }, access.grants) };
    case 'administrator':
      return {
        who: 'administrator',
        administrator: await parts.administrators.calling(authorization, access.for, parts.clock()),
      };
    default: {
      const device = await parts.sessions.device(authorization, parts.clock());
      await admitDevice(parts, device.deviceId);
      return { who: 'device', device };
    }
  }
}

/** Under which name a caller's bodies are counted; null of nobody. */
export function nameOf(caller: Caller): string | null {
  switch (caller.who) {
    case 'nobody':
      return null;
    case 'device':
      return `device ${caller.device.deviceId}`;
    case 'token':
      return `token ${caller.holder.tokenId}`;
    case 'administrator':
      return `administrator ${caller.administrator.id}`;
  }
}
