export { forgetSealed, setSealedAside } from './lost-key.ts';
