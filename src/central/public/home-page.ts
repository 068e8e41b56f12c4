import { html } from 'hono/html';
import { PUBLIC_PATH } from '../../domain/document/index.ts';
import { CHARITY_PATH } from './charity-page.ts';
import { hrefOf, type Html, layout } from './layout.ts';
import { SHORT } from './language.ts';
import type { Say } from './words.ts';

/** Where papers are checked, and shops looked up by a typed code. */
export const PAPER_PATH = `${PUBLIC_PATH}/paper`;
export const SHOP_PATH = `${PUBLIC_PATH}/s`;
/** Where riders find stations. */
export const STATIONS_PATH = `${PUBLIC_PATH}/stations`;

function lookUp(say: Say, path: string, fields: Html, button: string): Html {
  return html`<form method="get" action="${path}">
    <input type="hidden" name="lang" value="${SHORT[say.language]}" />
    ${fields}
    <button type="submit">${button}</button>
  </form>`;
}

const field = (name: string, label: string, more: Html | '' = ''): Html =>
  html`<label for="${name}">${label}</label>
    <input
      type="text"
      id="${name}"
      name="${name}"
      required
      autocomplete="off"
      autocapitalize="characters"
      spellcheck="false"
      maxlength="80"
      ${more}
    />`;

/** What can be asked here, for who has only a card or a paper before them. */
export function homePage(say: Say): Html {
  return layout(
    say,
    { path: PUBLIC_PATH, query: {} },
    say('site.title'),
    html`<h1>${say('site.title')}</h1>
      <section aria-labelledby="papers">
        <h2 id="papers">${say('home.paper')}</h2>
        <p>${say('home.paperText')}</p>
        ${lookUp(
          say,
          PAPER_PATH,
          html`${field('n', say('home.number'))}
            ${field('c', say('home.code'), html` aria-describedby="code-hint"`)}
            <p id="code-hint" class="quiet">${say('home.codeHint')}</p>`,
          say('home.check'),
        )}
      </section>
      <section aria-labelledby="shops">
        <h2 id="shops">${say('home.shop')}</h2>
        <p>${say('home.shopText')}</p>
        ${lookUp(say, SHOP_PATH, field('code', say('home.shopCode')), say('home.look'))}
      </section>
      <section aria-labelledby="stations">
        <h2 id="stations">
          <a href="${hrefOf({ path: STATIONS_PATH, query: {} }, say.language)}">${say('stations.link')}</a>
        </h2>
        <p>${say('stations.linkText')}</p>
      </section>
      <section aria-labelledby="charity">
        <h2 id="charity">
          <a href="${hrefOf({ path: CHARITY_PATH, query: {} }, say.language)}">${say('charity.link')}</a>
        </h2>
        <p>${say('charity.text')}</p>
      </section>`,
  );
}
