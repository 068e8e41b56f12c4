import { html } from 'hono/html';
import { PUBLIC_PATH } from '../../domain/document/index.ts';
import { formatYuan } from '../../domain/kernel/text/index.ts';
import type { CaseView, RestorationView, ReturnView } from '../../domain/public/index.ts';
import type { FoundPaper } from './find-paper.ts';
import { type Asked, fact, hrefOf, type Html, layout } from './layout.ts';
import { SHORT } from './language.ts';
import type { Say } from './words.ts';

/** Where a satisfaction answer goes. */
export const ANSWER_PATH = `${PUBLIC_PATH}/satisfaction`;
const SCORES = [5, 4, 3, 2, 1] as const;

/** Number and code as the holder of the paper typed them. */
type Typed = { number: string; code: string };

type Checked = Exclude<FoundPaper, { kind: 'return' | 'restoration' }>;

function paperFacts(say: Say, paper: Checked): Html {
  if (paper.kind === 'card') {
    const { card, merchant, publicCode } = paper;
    return html`<dl>
      ${fact(say('paper.kind'), say('paper.card'))} ${fact(say('paper.number'), paper.number)}
      ${fact(
        say('paper.merchant'),
        publicCode === null
          ? merchant
          : html`<a href="${hrefOf({ path: `${PUBLIC_PATH}/s/${publicCode}`, query: {} }, say.language)}"
              >${merchant}</a
            >`,
      )}
      ${card.verdict === 'false' ? '' : fact(say('paper.version'), say('paper.versionOf', { version: card.version }))}
      ${fact(say('paper.standing'), say(`paper.holds.${card.verdict}`))}
    </dl>`;
  }
  return html`<dl>
    ${fact(say('paper.kind'), say(`kinds.${paper.document}`))} ${fact(say('paper.number'), paper.number)}
    ${fact(say('paper.issued'), paper.issuedOn)} ${fact(say('paper.unit'), paper.unitName)}
    ${fact(say('paper.signed'), say(paper.signed ? 'paper.isSigned' : 'paper.notSigned'))}
  </dl>`;
}

function question(say: Say, { number, code }: Typed): Html {
  return html`<form method="post" action="${ANSWER_PATH}?lang=${SHORT[say.language]}">
    <input type="hidden" name="n" value="${number}" />
    <input type="hidden" name="c" value="${code}" />
    <fieldset>
      <legend>${say('satisfaction.title')}</legend>
      <p>${say('satisfaction.text')}</p>
      ${SCORES.map((score) => html`<label><input type="radio" name="score" value="${score}" required /> ${say(`satisfaction.scores.${score}`)}</label>`)}
    </fieldset>
    <label for="comment">${say('satisfaction.comment')}</label>
    <textarea id="comment" name="text" rows="3" maxlength="500"></textarea>
    <button type="submit">${say('satisfaction.send')}</button>
  </form>`;
}

function caseSection(say: Say, view: CaseView, typed: Typed): Html {
  const { next, satisfaction } = view;
  const due = next
    ? `${say(`matter.due.${next.kind}`, { on: next.on })}${next.provisional ? say('matter.provisional') : ''}`
    : say('matter.nothing');
  return html`<section aria-labelledby="case">
    <h2 id="case">${say('matter.title')}</h2>
    <dl>
      ${fact(say('matter.stage'), html`<strong>${say(`matter.stages.${view.stage}`)}</strong>${view.closed ? say('matter.closed') : ''}`)}
      ${fact(say('matter.next'), due)} ${fact(say('matter.number'), view.number)}
      ${fact(say('matter.consumer'), view.consumer)} ${fact(say('matter.merchant'), view.merchant)}
      ${fact(say('matter.unit'), view.unitName)} ${fact(say('matter.registered'), view.registeredOn)}
    </dl>
    ${
      satisfaction === null
        ? ''
        : satisfaction === 'open'
          ? question(say, typed)
          : html`<p class="note good" role="status">${say('satisfaction.given', satisfaction)}</p>`
    }
  </section>`;
}

function recordSection(say: Say, paper: Checked): Html {
  return html`<section aria-labelledby="agrees">
    <h2 id="agrees" class="good">${say('paper.agrees')}</h2>
    <p>${say('paper.agreesText')}</p>
    ${paperFacts(say, paper)}
  </section>`;
}

function returnSection(say: Say, view: ReturnView): Html {
  const { refund, ground, decideBy } = view;
  return html`<section aria-label="${say('goodsBack.title')}">
    <dl>
      ${fact(say('matter.stage'), html`<strong>${say(`goodsBack.stages.${view.stage}`)}</strong>`)}
      ${refund === null ? '' : fact(say('goodsBack.refund'), refund.on === null ? formatYuan(refund.fen) : say('goodsBack.refunded', { amount: formatYuan(refund.fen), on: refund.on }))}
      ${ground === null ? '' : fact(say('goodsBack.ground'), say(`goodsBack.grounds.${ground}`))}
      ${fact(say('matter.next'), decideBy === null ? say('matter.nothing') : say('goodsBack.decideBy', { on: decideBy }))}
      ${fact(say('matter.number'), view.number)} ${fact(say('goodsBack.goods'), view.goods)}
      ${fact(say('matter.consumer'), view.consumer)} ${fact(say('paper.merchant'), view.merchant)}
      ${fact(say('matter.unit'), view.unitName)} ${fact(say('goodsBack.requested'), view.requestedOn)}
    </dl>
  </section>`;
}

function outcomeOf(say: Say, { outcome }: RestorationView['matters'][number]): string {
  switch (outcome.kind) {
    case 'repaired':
    case 'expired':
      return say(`repairing.outcome.${outcome.kind}`, { on: outcome.on });
    case 'refused':
      return say('repairing.outcome.refused', { reason: outcome.reason });
    case 'under-way':
      return say('repairing.outcome.under-way');
  }
}

function restorationSection(say: Say, view: RestorationView): Html {
  const { departments, due, needed } = view;
  const answered = departments.filter((one) => one.answered).length;
  const dates = due.map(
    ({ kind, at, provisional }) =>
      `${say(`repairing.due.${kind}`, { at })}${provisional ? say('matter.provisional') : ''}`,
  );
  return html`<section aria-label="${say('repairing.title')}">
      <dl>
        ${fact(say('repairing.stage'), html`<strong>${say(`repairing.stages.${view.stage}`)}</strong>`)}
        ${fact(say('matter.next'), dates.length === 0 ? say('matter.nothing') : html`${dates.map((one) => html`<div>${one}</div>`)}`)}
        ${fact(say('repairing.number'), view.number)} ${fact(say('repairing.merchant'), view.merchant)}
        ${fact(say('repairing.window'), view.windowName)} ${fact(say('repairing.filed'), view.filedOn)}
      </dl>
    </section>
    ${
      needed.length === 0
        ? ''
        : html`<section aria-labelledby="needed">
            <h2 id="needed" class="bad">${say('repairing.needed')}</h2>
            <ul>
              ${needed.map((one) => html`<li>${one}</li>`)}
            </ul>
            <p>${say('repairing.neededText')}</p>
          </section>`
    }
    ${
      departments.length === 0
        ? ''
        : html`<section aria-labelledby="departments">
            <h2 id="departments">${say('repairing.departments')}</h2>
            <p>${say('repairing.count', { asked: departments.length, answered })}</p>
            <dl>
              ${departments.map((one) => fact(one.name, say(one.answered ? 'repairing.answered' : 'repairing.waiting')))}
            </dl>
          </section>`
    }
    <section aria-labelledby="matters">
      <h2 id="matters">${say('repairing.matters')}</h2>
      <ul>
        ${view.matters.map((one) => html`<li>${one.organ} ${one.number}<br /><strong>${outcomeOf(say, one)}</strong></li>`)}
      </ul>
    </section>`;
}

const TITLES = {
  return: 'goodsBack.title',
  restoration: 'repairing.title',
  document: 'paper.title',
  card: 'paper.title',
} as const satisfies Record<FoundPaper['kind'], string>;

function sectionOf(say: Say, paper: FoundPaper): Html {
  if (paper.kind === 'return') return returnSection(say, paper.return);
  return paper.kind === 'restoration'
    ? restorationSection(say, paper.restoration)
    : recordSection(say, paper);
}

/** A paper whose number and code agree, and the case of whoever was given it. */
export function paperPage(say: Say, asked: Asked, paper: FoundPaper, typed: Typed): Html {
  const title = say(TITLES[paper.kind]);
  return layout(
    say,
    asked,
    title,
    html`<h1>${title}</h1>
      ${sectionOf(say, paper)}
      ${paper.kind === 'document' && paper.case !== null ? caseSection(say, paper.case, typed) : ''}
      <p><a href="${hrefOf({ path: PUBLIC_PATH, query: {} }, say.language)}">${say('paper.again')}</a></p>`,
  );
}
