import { html } from 'hono/html';
import type { DiscountShown } from '../../domain/public/index.ts';
import { formatYuan } from '../../domain/kernel/text/index.ts';
import { fact, type Html } from './layout.ts';
import type { Say } from './words.ts';

function offOf(say: Say, { off }: DiscountShown): string {
  if (off.kind === 'percent')
    return say('discount.percent', {
      // Chinese says what is left to pay, in tenths: 15 % off is 8.5.
      share: say.language === 'en' ? off.percent : (100 - off.percent) / 10,
    });
  const [amount, over] = [`¥${formatYuan(off.fen)}`, `¥${formatYuan(off.overFen)}`];
  return off.overFen === 0
    ? say('discount.amount', { amount })
    : say('discount.amountOver', { amount, over });
}

/** What a shop of the alliance gives, to whom and until when. */
export function discountsSection(say: Say, discounts: readonly DiscountShown[]): Html {
  return html`<section aria-labelledby="discounts">
    <h2 id="discounts">${say('discount.title')}</h2>
    ${
      discounts.length === 0
        ? html`<p>${say('discount.none')}</p>`
        : discounts.map(
            (one) =>
              html`<h3>${one.what} · ${offOf(say, one)}</h3>
                <dl>
                  ${fact(say('discount.forWhom'), one.forWhom === null ? say('discount.askShop') : say.of(one.forWhom))}
                  ${fact(say('discount.period'), say(one.toCome ? 'discount.toCome' : 'discount.until', { from: one.from, until: one.until }))}
                </dl>`,
          )
    }
    <p class="quiet">${say('discount.checked')}</p>
  </section>`;
}
