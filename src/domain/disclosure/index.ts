export { DisclosureScope, type DisclosureState, Reference } from './disclosure.ts';
