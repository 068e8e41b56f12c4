import { FeedBroken, SecondLog, StorageError } from '../store/index.ts';
import { CentreError } from './centre-link.ts';
import { FeedForged } from './feed.ts';

/** Why a round failed, as a code that the locales word under `sync.reason`. */
export function reasonOf(error: unknown): string {
  if (error instanceof StorageError) return error.code === 'full' ? 'storage-full' : 'storage-busy';
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
