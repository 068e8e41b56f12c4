export { keepPublicCodes } from './follower.ts';
export { codesEqualMerchants, mendCodes } from './codes.ts';
export { addPublicPages, type PublicParts } from './routes.ts';
