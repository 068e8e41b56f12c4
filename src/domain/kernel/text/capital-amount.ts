const FIGURES = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'];
const PLACES = ['仟', '佰', '拾', ''];
const SECTIONS = ['', '万', '亿'];

/** One group of four figures, without a leading zero: 1050 → 壹仟零伍拾. */
function section(number: number): string {
  let text = '';
  let gap = false;
  Array.from(String(number).padStart(4, '0')).forEach((figure, place) => {
    if (figure === '0') {
      gap ||= text !== '';
      return;
    }
    text += `${gap ? '零' : ''}${FIGURES[Number(figure)]}${PLACES[place]}`;
    gap = false;
  });
  return text;
}

/**
 * An amount in the capital figures that documents use, by the 正确填写票据和结算凭证的基本规定 (支付结算办法,
 * annex 1): `整` closes amounts that end at yuan or jiao, `零` stands for skipped places. 128050 →
 * 壹仟贰佰捌拾元伍角整. Throws `RangeError` for what is not a non-negative integer of fen below 10^14.
 */
export function capitalAmount(fen: number): string {
  if (!Number.isSafeInteger(fen) || fen < 0 || fen >= 1e14) {
    throw new RangeError(`Not an amount that a document states: ${fen}`);
  }
  const yuan = Math.floor(fen / 100);
  const jiao = Math.floor((fen % 100) / 10);
  const rest = fen % 10;
  let text = '';
  for (let index = SECTIONS.length - 1; index >= 0; index -= 1) {
    const number = Math.floor(yuan / 10_000 ** index) % 10_000;
    if (number === 0) continue;
    // A group below 1000, or one after an empty group, has skipped places before it.
    const skipped = number < 1000 || Math.floor(yuan / 10_000 ** (index + 1)) % 10_000 === 0;
    text += `${text !== '' && skipped ? '零' : ''}${section(number)}${SECTIONS[index]}`;
  }
  if (text !== '') text += '元';
  if (jiao > 0) text += `${FIGURES[jiao]}角`;
  if (rest > 0) text += `${jiao === 0 && text !== '' ? '零' : ''}${FIGURES[rest]}分`;
  if (text === '') return '零元整';
  return rest === 0 ? `${text}整` : text;
}
