import type { Page } from 'playwright-core';
import type { Language } from '../pages/words.ts';

/** How a form is reached: its page, what is done there first, and the button that opens it; null where the page is the form. */
export type Form = {
  /** The file that shows it, below the renderer's folder. */
  source: string;
  at: () => string;
  before?: (page: Page, language: Language) => Promise<void>;
  button: ((language: Language) => string) | null;
};
