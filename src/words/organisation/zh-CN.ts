/** The kinds of unit, from the lowest; `other` for levels that have no word of their own. */
export const level = { '1': '店铺', '2': '商场', '3': '商圈', '4': '区', other: '{{level}} 级' };
