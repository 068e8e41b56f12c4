export { forgetSealed, setSealedAside } from './lost-key.ts';
export { keepFile, readFile } from './kept-file.ts';
