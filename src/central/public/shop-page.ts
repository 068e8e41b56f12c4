import { html } from 'hono/html';
import type { CardView, GradeView, PromiseView, ShopView } from '../../domain/public/index.ts';
import { discountsSection } from './discounts.ts';
import { type Asked, fact, type Html, layout } from './layout.ts';
import type { Say } from './words.ts';

const TONES = { 'in-force': 'good', 'to-come': 'warning', ended: 'warning', false: 'bad' } as const;

function shopsOf(say: Say, { shops, count }: NonNullable<PromiseView['group']>): string {
  const named = say.list(shops);
  return count > shops.length ? say('shop.andMore', { shops: named, count }) : named;
}

function promiseFacts(say: Say, one: PromiseView): Html {
  const { goods, excludedGoods, conditions, gift, freight, group } = one;
  return html`<dl>
    ${fact(say('promise.labels.goods'), goods ? say.goods(goods) : say('promise.allGoods'))}
    ${fact(say('promise.labels.excluded'), excludedGoods.length === 0 ? say('promise.excludedNone') : say.goods(excludedGoods))}
    ${fact(say('promise.labels.conditions'), conditions === null ? say('promise.intact') : say('promise.conditions', { conditions }))}
    ${gift === null ? '' : fact(say('promise.labels.gift'), say(`promise.gift.${gift}`))}
    ${freight === null ? '' : fact(say('promise.labels.freight'), say(`promise.freight.${freight}`))}
    ${group === null ? '' : fact(say('promise.labels.group'), say('promise.group', { name: group.name, shops: shopsOf(say, group) }))}
  </dl>`;
}

function windowOf(say: Say, { windowDays, start, from, version }: PromiseView): Html {
  return html`<p class="window">
      <span class="quiet">${say('shop.within')}</span> <strong class="figure">${windowDays}</strong>
      <span>${say(windowDays === 1 ? 'shop.day' : 'shop.days')}</span>
    </p>
    <p>${say(`promise.start.${start}`)}</p>
    <p class="quiet">${say('shop.from', { day: from, version })}</p>`;
}

function promiseSection(say: Say, { promise, next, endedOn }: ShopView): Html {
  return html`<section aria-labelledby="promise">
      <h2 id="promise">${say('promise.title')}</h2>
      ${
        promise === null
          ? html`<p><strong>${say('shop.none')}</strong></p>
              ${endedOn === null ? '' : html`<p>${say('shop.ended', { day: endedOn })}</p>`}
              <p>${say('shop.noneText')}</p>`
          : html`${windowOf(say, promise)}
              ${promise.until === null ? '' : html`<p class="note warning">${say('shop.until', { day: promise.until })}</p>`}
              ${promiseFacts(say, promise)}
              <p class="quiet">${say('promise.earlier')}</p>`
      }
    </section>
    ${
      next === null
        ? ''
        : html`<section aria-labelledby="next">
            <h2 id="next">${say('shop.next', { day: next.from })}</h2>
            ${windowOf(say, next)} ${promiseFacts(say, next)}
          </section>`
    }`;
}

function gradeBody(say: Say, grade: GradeView): Html {
  switch (grade.kind) {
    case 'none':
      return html`<p><strong>${say('grade.none')}</strong></p>
        <p>${say('grade.noneText')}</p>`;
    case 'pending':
      return html`<p><strong class="letter">${say('grade.pending')}</strong></p>
        <p>${say('grade.pendingText')}</p>`;
    case 'not-rated':
      return html`<p><strong class="letter">${say('grade.notRated')}</strong></p>
        <p>
          ${
            grade.least === null
              ? say('grade.notRatedAlone')
              : say('grade.notRatedText', { matters: grade.matters, least: grade.least })
          }
        </p>`;
    case 'graded': {
      const { points, highest, reasons, byHand } = grade;
      return html`<p class="window">
          <strong class="letter">${grade.grade}</strong> ${grade.name ? say.of(grade.name) : ''}
          <span
            >${highest === null ? say('grade.pointsAlone', { points }) : say('grade.points', { points, highest })}</span
          >
        </p>
        ${byHand === null ? '' : html`<p class="note warning">${say('grade.byHand', byHand)}</p>`}
        <h3>${say('grade.reasons')}</h3>
        ${
          reasons.length === 0
            ? html`<p>${say('grade.noReasons')}</p>`
            : html`<ol>
                ${reasons.map(
                  ({ code, lost }) =>
                    html`<li>${say.indicator(code)} · ${say('grade.lost', { count: lost })}</li>`,
                )}
              </ol>`
        }`;
    }
  }
}

function gradeSection(say: Say, grade: GradeView): Html {
  const dated = grade.kind === 'none' ? null : grade.dated;
  const reply = grade.kind === 'none' ? null : grade.reply;
  return html`<section aria-labelledby="grade">
    <h2 id="grade">${say('grade.title')}</h2>
    ${gradeBody(say, grade)}
    ${
      reply === null
        ? ''
        : html`<h3>${say('grade.reply')}</h3>
            <blockquote>${reply.text}</blockquote>
            <p class="quiet">${say('grade.replied', { on: reply.on })}</p>`
    }
    ${
      dated === null
        ? ''
        : html`<p class="quiet">${say('grade.month', { month: dated.month, on: dated.on })}</p>
            <p class="quiet">
              ${
                dated.policyName === null
                  ? say('grade.policyAlone', { version: dated.policyVersion })
                  : say('grade.policy', { name: say.of(dated.policyName), version: dated.policyVersion })
              }
            </p>`
    }
    <p class="quiet">${say('grade.sample')}</p>
  </section>`;
}

function plaqueSection(say: Say, { street, on }: NonNullable<ShopView['plaque']>): Html {
  return html`<section aria-labelledby="plaque">
    <h2 id="plaque">${say('plaque.title')}</h2>
    <p class="note good">${say('plaque.hangs', { street, on })}</p>
    <p class="quiet">${say('plaque.text')}</p>
  </section>`;
}

function cardNote(say: Say, card: CardView): Html {
  const said =
    card.verdict === 'false'
      ? say('card.false')
      : say(`card.${card.verdict}`, { version: card.version, from: card.from, until: card.until ?? '' });
  return html`<p class="note ${TONES[card.verdict]}" role="status">${said}</p>`;
}

/** A shop's promise, and its grade where its circle publishes it. `card` is the one that led here, where one did. */
export function shopPage(say: Say, asked: Asked, shop: ShopView, card: CardView | null): Html {
  return layout(
    say,
    asked,
    shop.name,
    html`<h1>${shop.name}</h1>
      <p class="quiet">${say('shop.at', { name: shop.unitName })}</p>
      ${shop.address === null ? '' : html`<p class="quiet">${say('shop.address', { address: shop.address })}</p>`}
      ${card === null ? '' : cardNote(say, card)} ${promiseSection(say, shop)}
      ${shop.plaque === null ? '' : plaqueSection(say, shop.plaque)}
      ${shop.discounts === null ? '' : discountsSection(say, shop.discounts)}
      ${shop.grade === null ? '' : gradeSection(say, shop.grade)}`,
  );
}
