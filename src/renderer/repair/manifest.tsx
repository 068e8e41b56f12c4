import type { Manifest } from '../kernel/kit/manifest.ts';
import { repairWords } from './locales/index.ts';

/** What stands instead of all pages while the store does not open, and the copies among the settings. */
export const repair: Manifest = { words: [repairWords] };
