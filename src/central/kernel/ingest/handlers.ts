import { deviceOs } from '../http/implementer.ts';
import { plainJson } from '../http/plain-json.ts';
import { acceptedIn, refusalsOf } from '../http/request-log.ts';
import { acceptPush, type PushParts } from './push.ts';

/** Takes in what workstations record. `moved` is told which units' feeds a batch has moved. */
export const ingestHandlers = (moved: NonNullable<PushParts['moved']>) => ({
  push: deviceOs.push.handler(async ({ context, input }) => {
    const { device, clock } = context;
    const result = await acceptPush({ ...context, moved }, device.deviceId, input, clock());
    context.metrics.pushed(result);
    context.note({
      events: result.receipts.length + acceptedIn(result),
      refused: refusalsOf(result.receipts),
    });
    return { ...result, receipts: plainJson(result.receipts) };
  }),
});
