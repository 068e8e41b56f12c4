export { forgetSealed, setSealedAside } from './lost-key.ts';
export { capture } from './capture.ts';
