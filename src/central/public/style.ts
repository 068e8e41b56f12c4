import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { PUBLIC_PATH } from '../../domain/document/index.ts';

/** The one style of all pages: a file of its own, so that no page needs any style inside it. */
export const STYLE = readFileSync(new URL('./style.css', import.meta.url), 'utf8');
/** Named by what is in it: kept by browsers for ever, and another once it changes. */
export const STYLE_PATH = `${PUBLIC_PATH}/${hash('sha256', STYLE).slice(0, 16)}.css`;
