/**
 * `138****5678`: the first three and the last four figures of eleven or more; of shorter numbers only
 * the last three. A +86 in front is left out. Empty stays empty.
 */
export function maskPhone(phone: string): string {
  const plain = phone.trim().replace(/^\+86/, '');
  if (plain.length >= 10) return `${plain.slice(0, 3)}****${plain.slice(-4)}`;
  return plain.length > 4 ? `****${plain.slice(-3)}` : '*'.repeat(plain.length);
}

/** `张*`, `欧**`: the first character; at most three stars, so that a long name does not show its length. */
export function maskName(name: string): string {
  const characters = Array.from(name.trim());
  if (characters.length <= 1) return '*'.repeat(characters.length);
  return `${characters[0]}${'*'.repeat(Math.min(characters.length - 1, 3))}`;
}

/** First three and last four characters of an identity number; shorter than nine, all of it is hidden. */
export function maskIdNumber(number: string): string {
  const plain = number.trim();
  if (plain.length < 9) return '*'.repeat(plain.length);
  return `${plain.slice(0, 3)}${'*'.repeat(plain.length - 7)}${plain.slice(-4)}`;
}

/** `海曙区****`: its first three characters, which say about where it is; of one of up to six none. */
export function maskAddress(address: string): string {
  const characters = Array.from(address.trim());
  if (characters.length === 0) return '';
  return `${characters.length > 6 ? characters.slice(0, 3).join('') : ''}****`;
}
