/** What is left of a text that went through a wrong encoding: replacement marks, and what the compilers of Windows fill memory with. */
export const damagedText =
  /\ufffd|锟斤拷|烫烫|屯屯|(?:[\u00c2-\u00f4][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]{1,3} ?){2}/;

/** What a spreadsheet shows where a formula has failed. */
export const spreadsheetError =
  /^#(?:REF!|N\/A|VALUE!|NAME\?|DIV\/0!|NULL!|NUM!|SPILL!|CALC!|FIELD!|BLOCKED!|GETTING_DATA|ERR!|NAME|VALUE|引用!|值!)$|^Err:\d{3}$/i;

/** A formula whose result the file does not have. */
export const formulaAlone = /^=(?=.*[A-Za-z(\u4e00-\u9fff])|^=$/su;

/** A number that a spreadsheet has cut to the figures it can hold: `1.2E+17`. */
export const cutNumber = /^-?\d(?:\.\d+)?E\+?\d{1,3}$/i;
