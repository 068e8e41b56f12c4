/** True in `npm run test:full`: every planted bug is hunted and every kill strikes at each of its moments. */
export const FULL = process.env['HESHI_TEST_FULL'] !== undefined;
