import { html } from 'hono/html';
import type { PublicAccount } from '../../domain/charity/index.ts';
import { PUBLIC_PATH } from '../../domain/document/index.ts';
import { formatYuan } from '../../domain/kernel/text/index.ts';
import { fact, type Html, layout } from './layout.ts';
import type { Say } from './words.ts';

const yuan = (fen: number): string => `¥${formatYuan(fen)}`;

/** The public account of the Love Funds. */
export const CHARITY_PATH = `${PUBLIC_PATH}/charity`;

function lines(title: string, all: readonly Html[], empty: string): Html {
  return html`<h3>${title}</h3>
    ${
      all.length === 0
        ? html`<p>${empty}</p>`
        : html`<ul>
            ${all.map((one) => html`<li>${one}</li>`)}
          </ul>`
    }`;
}

function account(say: Say, fund: PublicAccount, place: number): Html {
  const { donations, payouts, counts } = fund;
  return html`<section aria-labelledby="fund-${place}">
    <h2 id="fund-${place}">${fund.name}</h2>
    <dl>
      ${fact(say('charity.balance'), yuan(fund.balanceFen))}
      ${fact(say('charity.donated'), say('charity.sum', { amount: yuan(fund.donatedFen), count: counts.donations }))}
      ${fact(say('charity.paid'), say('charity.sum', { amount: yuan(fund.paidFen), count: counts.payouts }))}
    </dl>
    ${lines(
      say('charity.donations'),
      donations.map(
        ({ on, fen, donor }) => html`${on} · ${donor ?? say('charity.anonymous')} · ${yuan(fen)}`,
      ),
      say('charity.none'),
    )}
    ${lines(
      say('charity.payouts'),
      payouts.map(
        ({ on, fen, to, need }) =>
          html`${on} · ${to} · ${yuan(fen)}${need === null ? '' : html` · ${say(`charity.need.${need}`)}`}`,
      ),
      say('charity.none'),
    )}
  </section>`;
}

/** What was given to the Love Funds, what they paid, and what is in them: names masked. */
export function charityPage(say: Say, accounts: readonly PublicAccount[]): Html {
  return layout(
    say,
    { path: CHARITY_PATH, query: {} },
    say('charity.title'),
    html`<h1>${say('charity.title')}</h1>
      <p class="quiet">${say('charity.masked')}</p>
      ${accounts.length === 0 ? html`<p>${say('charity.noFund')}</p>` : accounts.map((one, place) => account(say, one, place))}`,
  );
}
