import type { Manifest } from '../kernel/kit/manifest.ts';
import { privacyWords } from './locales/index.ts';

export const privacy: Manifest = { words: [privacyWords] };
