/** What the centre says of a code stands at the code's own field. */
export const CODE_RULES: Record<string, string> = {
  CODE_UNKNOWN: 'code-unknown',
  CODE_EXPIRED: 'code-expired',
  CODE_USED: 'code-used',
};
