import { HostKeyLost } from '../host.ts';
import { asStorageError, FeedBroken, SecondLog, StorageError, type StorageFault } from '../store/index.ts';
import { CentreError } from './centre-link.ts';
import { FeedForged } from './feed.ts';

const STORAGE: Record<StorageFault, string> = {
  full: 'storage-full',
  busy: 'storage-busy',
  io: 'storage-unreadable',
  denied: 'storage-denied',
  newer: 'storage-denied',
  corrupt: 'storage-damaged',
  'not-a-database': 'storage-damaged',
  missing: 'storage-damaged',
};

/** The device's key is asked for within calls of the centre, whose errors have it as their cause. */
const keyIsLost = (error: unknown): boolean =>
  error instanceof HostKeyLost || (error instanceof CentreError && error.cause instanceof HostKeyLost);

/** Why a round failed, as a code that the locales word under `sync.reason`. */
export function reasonOf(thrown: unknown): string {
  const error = asStorageError(thrown);
  if (error instanceof StorageError) return STORAGE[error.code];
  if (keyIsLost(error)) return 'host-key-lost';
  if (error instanceof FeedBroken) return 'feed-broken';
  if (error instanceof FeedForged) return 'feed-forged';
  if (error instanceof SecondLog) return 'chain-broken';
  if (error instanceof CentreError) {
    switch (error.code) {
      case 'NOT_THE_CENTRE':
        return 'not-the-centre';
      case 'UNPROTECTED':
        return 'line-unprotected';
      case 'UNREACHABLE':
        return 'centre-unreachable';
      case 'DEVICE_REVOKED':
        return 'device-revoked';
      case 'NOT_AUTHENTICATED':
        return 'device-unknown';
      case 'CHAIN_BROKEN':
      case 'SEQUENCE_GAP':
      case 'SIGNATURE_INVALID':
        return 'chain-broken';
      case 'TOO_MANY_REQUESTS':
      case 'OVERLOADED':
        return 'centre-busy';
      default:
        return 'centre-error';
    }
  }
  return 'unexpected';
}
