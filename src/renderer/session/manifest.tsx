import type { Manifest } from '../kernel/kit/manifest.ts';
import { sessionWords } from './locales/index.ts';

/** Enrolment and sign-in stand before all pages, not among them. */
export const session: Manifest = { words: [sessionWords] };
