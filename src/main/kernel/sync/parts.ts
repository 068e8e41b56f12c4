import type { Directory, Store } from '../store/index.ts';
import type { Arriving } from './bootstrap.ts';
import type { CentreLink } from './centre-link.ts';

/** What an exchange with the centre works with. */
export type CycleParts = {
  store: Store;
  directory: Directory;
  link: CentreLink;
  deviceId: string;
  /** The unit whose feed it reads. */
  unitPath: string;
  /**
   * Told before a batch leaves, with its last device sequence: from then on it may be known elsewhere, unless `stayed` is
   * called because no connection came about.
   */
  leaving?: (deviceSequence: number) => { stayed(): void };
  /** Whether a fact recorded at that instant may be taken back yet; it and all after it stay here. All leave unless told. */
  held?: (at: string) => boolean;
  /** Told how far a new workstation has got. */
  arriving?: (arriving: Arriving) => void;
  /** How many batches may be on their way at once; two unless told. */
  inFlight?: number;
};

/**
 * What a capability does in each round, once the feed has been read to its end. `centreTime` is the instant that the centre gave.
 * Returns whether the centre recorded something by it, which the feed then brings: it is read again at once. A step
 * reports its own failures, and tries again in the next round; what it throws ends the round.
 */
export type RoundStep = (
  parts: CycleParts,
  centreTime: string,
  onProblem: (code: string, text: string) => void,
) => Promise<boolean>;
