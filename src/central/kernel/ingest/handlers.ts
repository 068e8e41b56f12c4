import { deviceOs } from '../http/implementer.ts';
import { plainJson } from '../http/plain-json.ts';
import { acceptedIn, refusalsOf } from '../http/request-log.ts';
import { acceptPush, type IngestParts } from './push.ts';

/** Takes in what workstations record. */
export const ingestHandlers = (parts: Omit<IngestParts, 'units'>) => ({
  push: deviceOs.push.handler(async ({ context, input }) => {
    const { database, units, device, clock } = context;
    const result = await acceptPush(database, { ...parts, units }, device.deviceId, input, clock());
    context.metrics.pushed(result);
    context.note({
      events: result.receipts.length + acceptedIn(result),
      refused: refusalsOf(result.receipts),
    });
    return { ...result, receipts: plainJson(result.receipts) };
  }),
});
