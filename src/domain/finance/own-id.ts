/**
 * Ids of a merchant's consents and lines of credit begin with the merchant's own: both sides find all of one merchant in the order of
 * the ids, without another table that had to be kept in step.
 */
const BETWEEN = '.';
/** What comes behind it in the order of the ids. */
const BEHIND = '/';
/** So much of an id of its own is taken: its end, which is random where ids begin with the time. */
const OWN = 24;

/** The id of one of a merchant's records; `own` is a UUID. Of the same two always the same. */
export function idOfMerchant(merchantId: string, own: string): string {
  return `${merchantId}${BETWEEN}${own.replaceAll('-', '').slice(-OWN)}`;
}

/** Whether an id is that of one of the merchant's records. */
export function isOfMerchant(merchantId: string, id: string): boolean {
  return id.startsWith(`${merchantId}${BETWEEN}`) && id.length > merchantId.length + 1;
}

/** Between which two texts the ids of a merchant's records lie, compared by their characters' numbers. */
export function idsOfMerchant(merchantId: string): { after: string; before: string } {
  return { after: `${merchantId}${BETWEEN}`, before: `${merchantId}${BEHIND}` };
}
