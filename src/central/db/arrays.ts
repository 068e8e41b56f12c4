/**
 * Numbers as a PostgreSQL array literal, null where there is none. The driver writes arrays too, but looks for
 * things to escape in every element; a batch has tens of thousands of numbers.
 */
export function numberArray(values: readonly (number | null | undefined)[]): string {
  let text = '{';
  for (const value of values) text += `${text.length === 1 ? '' : ','}${value ?? 'NULL'}`;
  return `${text}}`;
}
