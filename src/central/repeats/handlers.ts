import { deviceOs } from '../kernel/http/implementer.ts';
import { answerRepeats } from './ask.ts';
import { districtOf, type ConsumerMarks } from './keys.ts';

/** Consumers of one district, known again by their marks. */
export const repeatsHandlers = (marks: ConsumerMarks) => ({
  key: deviceOs.repeats.key.handler(({ context }) => ({
    key: Buffer.from(marks.keyOf(districtOf(context.device.unitPath))).toString('base64'),
  })),
  ask: deviceOs.repeats.ask.handler(({ context, input }) =>
    answerRepeats(context.database, context.units, context.device, input, context.clock()),
  ),
});
