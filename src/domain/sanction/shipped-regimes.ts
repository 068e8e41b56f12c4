import shipped from './regimes.json' with { type: 'json' };
import { Regimes } from './regime.ts';

/** The regimes as they are shipped: which there are, and from which day on. */
export const shippedRegimes = Regimes.parse(shipped);
