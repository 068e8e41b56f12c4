export { codePointName, emojiIn, mapPrivateUse, privateUseIn, standardCharacters } from './characters.ts';
export {
  formatYuan,
  LARGEST_AMOUNT_FEN,
  parseAmount,
  type AmountPower,
  type AmountRule,
  type ParsedAmount,
} from './amount.ts';
export { isProtectedAddress } from './centre-address.ts';
export { capitalAmount } from './capital-amount.ts';
export { namesYear, parseDay, type DayLean, type DayRule, type ParsedDay } from './day.ts';
export {
  checkResidentId,
  residentIdCheckDigit,
  type CheckedIdentifier,
  type IdentifierRule,
} from './identifiers.ts';
export { maskAddress, maskIdNumber, maskName, maskPhone } from './mask.ts';
export { normaliseTyped } from './normalise.ts';
export {
  faultOfText,
  faultOfValue,
  isTooDeep,
  keptText,
  keptValue,
  plainText,
  plainValue,
  type TextFault,
  type ValueFault,
} from './plain.ts';
export {
  business,
  createMask,
  fieldsOf,
  personal,
  personalPlaces,
  told,
  type FieldOfPayload,
  type PersonalKind,
  type PersonalPlaces,
} from './personal.ts';
export { parsePhone, type ParsedPhone, type PhoneRule } from './phone.ts';
export { maskText } from './mask-text.ts';
export {
  readWrittenAmount,
  readWrittenPhone,
  type AmountRemark,
  type PhoneRemark,
  type WrittenAmount,
  type WrittenPhone,
} from './written.ts';
