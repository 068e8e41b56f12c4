export { askForCalls } from './calls.ts';
export { type Messaging, readMessaging } from './gateway.ts';
export { keepDueMessages, sendMessages } from './send.ts';
