import type { LineRecorded } from '../../contract/workstation/finance.ts';
import { idOfMerchant } from '../../domain/finance/index.ts';
import { command, requireSame } from '../kernel/command.ts';
import { serviceError } from '../kernel/errors.ts';
import { loadState } from '../kernel/store/index.ts';

/** `category`: the merchant's, as a bank knows it that does not have the merchant's record; null where it is on record. */
type Recording = { id: string; line: LineRecorded; category: string | null };

const factOf = ({ id, line }: Omit<Recording, 'category'>, granted: object | null) => {
  const { eventId } = line;
  if (line.type === 'granted') {
    const { type: _type, eventId: _eventId, ...said } = line;
    return { id: eventId, streamId: idOfMerchant(id, eventId), payload: { ...granted, ...said } };
  }
  const { type: _type, eventId: _eventId, lineId, ...said } = line;
  const entry = line.type === 'closed' ? said : { ...said, entryId: eventId };
  return { id: eventId, streamId: lineId, payload: entry };
};

/** Records a line of credit, of a merchant as it is on record or stands in its consent, by the consent's recipient, or what became of one. @throws NOT_FOUND, RULE */
export const recordLine = command({
  context: async (writer, _call, { id, line, category: told }: Recording) => {
    if (line.type !== 'granted') return null;
    const [merchant, consent] = [
      await loadState(writer, 'merchant', id),
      await loadState(writer, 'consent', line.consentId),
    ];
    if (!consent) throw serviceError('NOT_FOUND');
    const category = merchant?.category ?? told;
    if (category === null) throw serviceError('RULE', { rule: 'credit-line-category', field: 'category' });
    const { unitPath, name } = consent.recipient;
    return {
      merchantId: id,
      merchantPath: merchant?.unitPath ?? consent.merchantPath,
      merchantName: merchant?.name ?? consent.merchantName,
      category,
      lender: { unitPath, name },
    };
  },
  decide: (recording, granted) => {
    const { id, streamId, payload } = factOf(recording, granted);
    const stream = { kind: 'credit-line' as const, id: streamId };
    return {
      facts: [{ id, stream, type: `credit-line-${recording.line.type}`, version: 1, payload }],
      result: undefined,
    };
  },
  once: {
    id: ({ line }) => ({ event: line.eventId }),
    again: ({ stream, payload }, recording) => {
      const { streamId, payload: now } = factOf(recording, null);
      requireSame([stream.id, { ...Object(payload), ...now }], [streamId, payload]);
    },
  },
});
