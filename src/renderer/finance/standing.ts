import type { ConsentStanding } from '../../domain/finance/index.ts';
import type { Tone } from '../kernel/components/status-tag.tsx';

/** How a consent's standing looks. */
export const STANDING_TONES: Record<ConsentStanding, Tone> = {
  'to-come': 'active',
  'in-force': 'good',
  expired: 'neutral',
  revoked: 'bad',
};
