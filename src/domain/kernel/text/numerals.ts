const DIGITS = new Map<string, number>(
  ['零〇', '一壹', '二贰两', '三叁', '四肆', '五伍', '六陆', '七柒', '八捌', '九玖'].flatMap(
    (characters, value) => Array.from(characters).map((one): [string, number] => [one, value]),
  ),
);

const SMALL_UNITS = new Map([
  ['十', 10],
  ['拾', 10],
  ['百', 100],
  ['佰', 100],
  ['千', 1000],
  ['仟', 1000],
]);
const SECTION_UNITS = new Map([
  ['万', 10_000],
  ['亿', 100_000_000],
]);

/**
 * Reads a Chinese integer as people say and as documents write it: 三百五 (350), 两千零五十, 十二, 一万五
 * (15,000), 壹仟贰佰捌拾. Null when it is none. Units must fall (百 before 十), up to 千亿.
 */
export function parseChineseInteger(text: string): number | null {
  let total = 0;
  let section = 0;
  let digit: number | null = null;
  /** The unit just passed: 三百五 means 三百五十, but 三百零五 means 305. */
  let lastUnit = 1;
  let smallest = Number.POSITIVE_INFINITY;
  let smallestSection = Number.POSITIVE_INFINITY;
  for (const character of text) {
    const value = DIGITS.get(character);
    const small = SMALL_UNITS.get(character);
    const large = SECTION_UNITS.get(character);
    if (value !== undefined) {
      if (digit !== null && digit !== 0) return null;
      digit = value;
      if (value === 0) lastUnit = 1;
    } else if (small !== undefined) {
      if (small >= smallest) return null;
      // 十二 leaves the one out; 百二 does not exist.
      const times = digit ?? (small === 10 && section === 0 ? 1 : null);
      if (times === null || (times === 0 && small !== 10)) return null;
      section += (times === 0 ? 1 : times) * small;
      [digit, smallest, lastUnit] = [null, small, small];
    } else if (large !== undefined) {
      if (large >= smallestSection) return null;
      section += digit ?? 0;
      if (section === 0) return null;
      total += section * large;
      section = 0;
      [digit, smallest, smallestSection, lastUnit] = [null, Number.POSITIVE_INFINITY, large, large];
    } else {
      return null;
    }
  }
  if (text === '') return null;
  const last = digit ?? 0;
  return total + section + (lastUnit > 1 ? (last * lastUnit) / 10 : last);
}
