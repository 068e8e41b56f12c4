import { centreError } from '../kernel/errors.ts';
import { deviceOs } from '../kernel/http/implementer.ts';
import { answerRepeats } from './ask.ts';
import { districtOf, type ConsumerMarks } from './keys.ts';

/** Consumers of one district, known again by their marks. */
export const repeatsHandlers = (marks: ConsumerMarks) => ({
  key: deviceOs.repeats.key.handler(({ context }) => ({
    key: Buffer.from(marks.keyOf(districtOf(context.device.unitPath))).toString('base64'),
  })),
  ask: deviceOs.repeats.ask.handler(async ({ context, input }) => {
    const { database, units, device } = context;
    const unit = await units.find(device.unitPath, database);
    // Where no case is taken, nobody has a consumer to ask about.
    if ((unit?.body ?? null) !== null) throw centreError('FORBIDDEN');
    return answerRepeats(database, units, device, input, context.clock());
  }),
});
