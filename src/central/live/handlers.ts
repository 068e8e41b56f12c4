import { deviceOs } from '../kernel/http/implementer.ts';
import type { Live } from './live.ts';

/** Words that something moved, and who has a case open. */
export const liveHandlers = (live: Live) => ({
  nudges: deviceOs.nudges.handler(async ({ context, signal }) =>
    live.nudges(context.device, context.sessions.seconds * 1000, signal),
  ),
  presence: deviceOs.presence.handler(({ context, input }) => live.present(context.device, input)),
});
