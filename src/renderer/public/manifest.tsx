import type { Manifest } from '../kernel/kit/manifest.ts';
import { publicationWords } from './locales/index.ts';

/** What the public sees is decided beside what it is decided about, on the list of grades: here are its words. */
export const publication: Manifest = { words: [publicationWords] };
