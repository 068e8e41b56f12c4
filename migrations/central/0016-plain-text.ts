/** Escapes of characters that `jsonb` cannot hold or nobody means: controls but line end, return and tab, and halves of pairs. */
const ESCAPES = String.raw`(?<!\\)((?:\\\\)*)\\(?:u00(?:0[0-7bef]|1[0-9a-f])|[bf]|ud[89a-f][0-9a-f]{2})`;

/**
 * States without characters that make a database refuse to read them: from here on the centre takes no fact with them, and reads those
 * that it has without them.
 */
export const up: readonly string[] = [
  `UPDATE stream SET state = regexp_replace(regexp_replace(state, '${ESCAPES}', '\\1', 'g'), '[\\u007f-\\u009f]', '', 'g')
    WHERE state ~ '${ESCAPES}' OR state ~ '[\\u007f-\\u009f]'`,
];
