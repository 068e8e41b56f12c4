import { html } from 'hono/html';
import { PUBLIC_PATH } from '../../domain/document/index.ts';
import { SHORT, type Language } from './language.ts';
import { STYLE_PATH } from './style.ts';
import type { Say } from './words.ts';

/** A piece of a page. What is put into a template is escaped there, unless it is such a piece itself. */
export type Html = ReturnType<typeof html>;

/** What was asked for: the language link leads to the same in the other language. */
export type Asked = { path: string; query: Readonly<Record<string, string>> };

const OTHER: Record<Language, Language> = { 'zh-CN': 'en', en: 'zh-CN' };

/** An address on these pages, in a language. */
export function hrefOf({ path, query }: Asked, language: Language): string {
  return `${path}?${new URLSearchParams({ ...query, lang: SHORT[language] }).toString()}`;
}

/** A whole page. */
export function layout(say: Say, asked: Asked, title: string, body: Html): Html {
  const other = OTHER[say.language];
  return html`<!doctype html>
    <html lang="${say.language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} · ${say('site.name')}</title>
        <link rel="stylesheet" href="${STYLE_PATH}" />
      </head>
      <body>
        <a class="skip" href="#text">${say('site.skip')}</a>
        <header>
          <a class="home" href="${hrefOf({ path: PUBLIC_PATH, query: {} }, say.language)}"
            >${say('site.title')}</a
          >
          <nav aria-label="${say('site.languages')}">
            <a lang="${other}" hreflang="${other}" href="${hrefOf(asked, other)}">${say('site.other')}</a>
          </nav>
        </header>
        <main id="text">${body}</main>
        <footer><p>${say('site.foot')}</p></footer>
      </body>
    </html>`;
}

/** One line of a list of what is known: its name, and what it is. */
export const fact = (name: string, value: string | Html): Html =>
  html`<div>
    <dt>${name}</dt>
    <dd>${value}</dd>
  </div>`;
