import { normaliseTyped } from './normalise.ts';

export type PhoneRule =
  | 'phone-empty'
  | 'phone-unreadable'
  | 'phone-too-short'
  | 'phone-too-long'
  /** Eleven figures from 1 on, but no mobile range begins so. */
  | 'phone-mobile-range'
  /** Begins like a mobile number, but has not eleven figures. */
  | 'phone-mobile-length'
  /** A switchboard extension has no place in the number. */
  | 'phone-extension';

export type ParsedPhone =
  | {
      kind: 'phone';
      /** Figures only, `+` before a foreign country code: `13800000000`, `057487123456`, `+85221234567`. */
      phone: string;
      form: 'mobile' | 'landline' | 'local' | 'service' | 'foreign';
    }
  | { kind: 'refused'; rule: PhoneRule; parameters: Record<string, string | number> };

const refused = (rule: PhoneRule, parameters: Record<string, string | number> = {}): ParsedPhone => ({
  kind: 'refused',
  rule,
  parameters,
});

/**
 * Reads a telephone number as people type it: `138 0000 0000`, `0574-8712 3456`, `(0574)87123456`,
 * `+86 138…`, `400-800-1234`, `87123456` without area code, foreign numbers with `+`.
 * Mobile ranges are 13 to 19 (national numbering plan); nothing is asked of the network.
 */
export function parsePhone(text: string): ParsedPhone {
  if (/^1[3-9]\d{9}$/.test(text)) return { kind: 'phone', phone: text, form: 'mobile' };
  const typed = normaliseTyped(text);
  if (typed === '') return refused('phone-empty');
  if (/\d\D*(?:转|ext\.?|分机|#)\s*\d+$/iu.test(typed)) return refused('phone-extension');
  if (!/^\+?[\d\s().·*/−–—-]+$/u.test(typed) || typed.includes('*')) return refused('phone-unreadable');
  const figures = typed.replaceAll(/\D/g, '');
  if (/^\+(?!86)/.test(typed) || /^00(?!86)/.test(figures)) {
    return foreign(typed.startsWith('+') ? figures : figures.slice(2));
  }
  const coded = typed.startsWith('+86') || figures.startsWith('0086');
  // Before a mobile number some still dial the 0 of a long-distance call.
  const national = figures
    .replace(coded ? /^(?:00)?86/ : /^86(?=1[3-9]\d{9}$)/, '')
    .replace(/^0(?=1[3-9]\d{9}$)/, '');
  if (/^1[3-9]\d{9}$/.test(national)) return { kind: 'phone', phone: national, form: 'mobile' };
  // Abroad the trunk 0 is left out: +86 574 8712 3456.
  const landline = coded && /^[2-9]\d{8,10}$/.test(national) ? `0${national}` : national;
  if (/^0(?:10|2\d)\d{8}$|^0[3-9]\d{2}\d{7,8}$/.test(landline)) {
    return { kind: 'phone', phone: landline, form: 'landline' };
  }
  if (/^[48]00\d{7}$/.test(national)) return { kind: 'phone', phone: national, form: 'service' };
  if (/^[2-8]\d{6,7}$/.test(national)) return { kind: 'phone', phone: national, form: 'local' };
  return wrong(typed, national);
}

function foreign(figures: string): ParsedPhone {
  if (figures.length < 7) return refused('phone-too-short', { figures: figures.length });
  if (figures.length > 15) return refused('phone-too-long', { figures: figures.length });
  return { kind: 'phone', phone: `+${figures}`, form: 'foreign' };
}

function wrong(typed: string, figures: string): ParsedPhone {
  const counted = { figures: figures.length };
  if (figures.startsWith('1')) {
    return figures.length === 11
      ? refused('phone-mobile-range', counted)
      : refused('phone-mobile-length', counted);
  }
  if (/^\(?0\d{2,3}\D+\d{7,8}\D+\d{1,6}$/.test(typed)) return refused('phone-extension', counted);
  if (figures.length < 7) return refused('phone-too-short', counted);
  if (figures.length > 12) return refused('phone-too-long', counted);
  return refused('phone-unreadable', counted);
}
