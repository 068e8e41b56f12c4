import { maskIdNumber, maskPhone } from './mask.ts';

const MASKS: Record<string, (value: string) => string> = {
  phone: maskPhone,
  consumerPhone: maskPhone,
  idNumber: maskIdNumber,
};

/** A copy of what an event holds, with every phone and identity number in it masked, however deep it stands. */
export function maskPayload(payload: unknown): unknown {
  if (Array.isArray(payload)) return payload.map(maskPayload);
  if (typeof payload !== 'object' || payload === null) return payload;
  return Object.fromEntries(
    Object.entries(payload).map(([name, value]) => {
      const mask = MASKS[name];
      return [name, mask !== undefined && typeof value === 'string' ? mask(value) : maskPayload(value)];
    }),
  );
}
