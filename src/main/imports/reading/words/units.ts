import type { AmountPower } from '../../../../domain/kernel/text/index.ts';

/** Tens of yuan that one unit of money is, by its name. */
export const moneyUnits: Readonly<Record<string, AmountPower>> = { 亿元: 8, 万元: 4, 千元: 3, 元: 0 };

/** A title line that says the unit of all amounts below it: `单位：万元`, `（单位 万元）`, `金额单位:人民币万元`. */
export const unitInTitle = /单位\s*:?\s*(?:人民币)?\s*(亿元|万元|千元|元)|\((?:人民币)?(亿元|万元|千元)\)/;

/** A unit in a header: `挽回损失（万元）`; a bare 元 counts only where it stands in brackets. */
export const unitInHeader = /(亿元|万元|千元)|\((?:人民币|单位:?)?(元)\)/;

/** A cell of a second header line that holds a unit and nothing else. */
export const unitAlone = /^\(?(?:单位:?)?(?:人民币)?(亿元|万元|千元|元)\)?$/;
