/** Who did something, and when. */
export type SanctionHand = { staffId: string; name: string; unitPath: string; at: string };
