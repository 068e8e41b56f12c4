export {
  type DataRead,
  DisclosureScope,
  type DisclosureState,
  Reference,
  TokenScope,
  isOfRecipient,
} from './disclosure.ts';
