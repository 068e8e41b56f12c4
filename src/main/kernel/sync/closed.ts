import type { FeedItem } from '../../../contract/centre/index.ts';
import { ERASURE, leftBy } from '../../../domain/kernel/event/erasure.ts';
import { digestOf, sealedWith } from '../../../protocol/sealed-facts.ts';
import { isErasure } from '../store/erase.ts';
import { keyOf } from '../store/streams.ts';

/** What erasures say: by record, what is left of which of its events, as digests by their ids. */
export type Told = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** What the centre's own erasures among items say; each is believed as much as its hash and signature are. */
export function toldBy(items: readonly FeedItem[]): Told {
  const told = new Map<string, ReadonlyMap<string, string>>();
  for (const { event } of items.filter(isErasure)) {
    const left = leftBy(event.payload);
    if (left === null) continue;
    const record = keyOf(event.stream);
    told.set(record, new Map([...(told.get(record) ?? []), ...left]));
  }
  return told;
}

/**
 * Whether an item is whole, or an erasure says that it was to be as it is: what was taken out of leaves exactly what that names, and what
 * is sealed and has no key is of a record that was erased. Nobody but the centre erases.
 */
export function isProved(item: FeedItem, told: Told): boolean {
  const { event, key, takenOut } = item;
  if (event.type === ERASURE) return isErasure(item);
  const left = told.get(keyOf(event.stream));
  if (takenOut === true) return left?.get(event.id) === digestOf(event);
  return key !== undefined || left !== undefined || sealedWith(event.payload) === null;
}
