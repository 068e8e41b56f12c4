import fc from 'fast-check';
import { FULL } from './full.ts';

/**
 * Properties try the same examples in every run of `npm test`, so that it fails for what was changed and for nothing else; the whole run
 * (`npm run test:full`) tries new ones each time. A failure prints its seed either way.
 */
fc.configureGlobal(FULL ? {} : { seed: 20_261_130 });
