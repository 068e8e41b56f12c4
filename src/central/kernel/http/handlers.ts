import { openOs } from './implementer.ts';

/** How a session is opened, and whether the centre is there. */
export const sessionHandlers = {
  health: openOs.health.handler(({ context }) => ({
    ok: true as const,
    release: context.release,
    ...(context.key === null ? {} : { centreKey: context.key.publicKey }),
    centreTime: context.clock().toISOString(),
  })),
  challenge: openOs.challenge.handler(async ({ context, input }) => ({
    challenge: await context.sessions.challenge(input.deviceId, context.clock()),
  })),
  session: openOs.session.handler(async ({ context, input }) => {
    const now = context.clock();
    const token = await context.sessions.open(input, now);
    return { token, expiresInSeconds: context.sessions.seconds, centreTime: now.toISOString() };
  }),
};
