import type { Role } from '../kernel/event/event.ts';

/** What a role may do. Where it may do it is the scope: its own unit and, for reading, all below it. */
export const CAPABILITIES = [
  'merchant.read',
  'credit.read',
  'return.read',
  'case.read',
  'case.handle',
  'case.note',
  'case.evidence',
  'case.import',
  'case.assign',
  'case.review',
  'case.review-own-unit',
  'supervision.read',
  'return.handle',
  'merchant.edit',
  'commitment.confirm',
  'fund.handle',
  'fund.approve',
  'credit.answer',
  'credit.record',
  'credit.decide',
  'sanction.record',
  'inspection.handle',
  'inspection.decide',
  'shop.manage',
  'finance.handle',
  'finance.lend',
  'consent.read',
  'privacy.handle',
  'privacy.decide',
  'public.decide',
  'rollup.read',
  'figures.read',
  'personal-data.reveal',
  'restoration.read',
  'restoration.file',
  'restoration.handle',
  'restoration.review',
  'restoration.reveal',
  'street.read',
  'street.patrol',
  'street.decide',
  'station.read',
  'station.handle',
  'alliance.handle',
  'charity.handle',
  'charity.approve',
] as const;
export type Capability = (typeof CAPABILITIES)[number];

/**
 * Every role by capability. The roles outside the hierarchy have what is written here and nothing else: what a repair clerk and a
 * department reviewer work on reaches them by application, and what a finance officer may read by a merchant's consent, not by sight.
 */
const table: Record<Capability, readonly Role[]> = {
  // The register, promises and guidance of merchants in sight. The credit officer looks after them for the district.
  'merchant.read': ['mediator', 'shop-manager', 'supervisor', 'administrator', 'credit-officer'],
  // Grades with their reasons, without the disputes and returns behind them for who may not read those.
  'credit.read': ['mediator', 'shop-manager', 'supervisor', 'administrator', 'credit-officer'],
  // Returns name consumers, and a credit officer needs none of them.
  'return.read': ['mediator', 'shop-manager', 'supervisor', 'administrator'],
  // Cases in sight, wherever they are shown, with what is personal in them masked: administrators bring them in.
  'case.read': ['mediator', 'shop-manager', 'supervisor', 'administrator'],
  // A shop manager handles first contact at the shop; the reducer keeps them to their own unit.
  'case.handle': ['mediator', 'shop-manager', 'supervisor'],
  'case.note': ['mediator', 'shop-manager', 'supervisor'],
  // Any unit that sees the case may bring in what it holds.
  'case.evidence': ['mediator', 'shop-manager', 'supervisor'],
  // Historical registers are brought in by who answers for the unit's figures.
  'case.import': ['mediator', 'supervisor', 'administrator'],
  // Who gives cases to others of the unit; taking one oneself needs only `case.handle`.
  'case.assign': ['supervisor'],
  // Closed cases of units below may be looked at again by whoever handles cases above; those of the own unit by its
  // supervisor only, who does not share its workstation's interest in them.
  'case.review': ['mediator', 'supervisor'],
  'case.review-own-unit': ['supervisor'],
  // Queue, load and samples name colleagues and their work: for who answers for them.
  'supervision.read': ['supervisor'],
  'return.handle': ['mediator', 'shop-manager', 'supervisor'],
  'merchant.edit': ['mediator', 'supervisor', 'shop-manager', 'administrator'],
  // Whoever answers for a mall, a circle or the district; that it is not the merchant's own unit its admission sees to.
  'commitment.confirm': ['mediator', 'supervisor'],
  // A circle's fund and insurance are the operator's and the regulator's; a payment is approved by who answers for the unit.
  'fund.handle': ['mediator', 'supervisor'],
  'fund.approve': ['supervisor'],
  // What a merchant says to its grade is taken down where it trades, or by whoever looks after it above.
  'credit.answer': ['mediator', 'shop-manager', 'supervisor', 'credit-officer'],
  'credit.record': ['mediator', 'supervisor', 'credit-officer'],
  // What takes points by somebody's decision, and decisions about objections: of the regulator, as its admission asks.
  'credit.decide': ['supervisor'],
  // Published decisions about merchants are entered and ended at a public body, as its admission asks.
  'sanction.record': ['mediator', 'supervisor', 'credit-officer'],
  // Draws, visits, advice, and lists of repeat merchants; which of it is the regulator's alone its admission asks.
  'inspection.handle': ['mediator', 'supervisor'],
  // The plan by which is drawn, and who is commended.
  'inspection.decide': ['supervisor'],
  // A shop's own day: its returns, disputes, promise, grade and monthly sheet, for who answers for the shop.
  'shop.manage': ['shop-manager'],
  // A merchant consents, and takes it back, where it trades; whoever looks after it above may take both down too.
  'finance.handle': ['mediator', 'shop-manager', 'supervisor'],
  // What a bank has lent; whose bank, or that it is the regulator, its admission asks.
  'finance.lend': ['supervisor', 'finance-officer'],
  // Consents that merchants gave to the officer's own bank, and what it is told under them.
  'consent.read': ['finance-officer'],
  // A consumer may ask about their data wherever they left it; whether it is granted is decided by who answers for a dispute point.
  'privacy.handle': ['mediator', 'shop-manager', 'supervisor'],
  'privacy.decide': ['mediator', 'supervisor'],
  // Whether the public sees a circle's grades is decided by who answers for the circle.
  'public.decide': ['supervisor'],
  // Figures name merchants' grades and units, no consumer: the credit officer answers for the district's.
  'rollup.read': ['mediator', 'shop-manager', 'supervisor', 'administrator', 'credit-officer'],
  // How fast departments answer is for who answers for units and for the district's credit; a department reads its own.
  'figures.read': ['supervisor', 'administrator', 'credit-officer', 'department-reviewer'],
  // Those who must phone the consumer, or who hand out papers on which it all stands; each look is on record (PIPL, minimum necessary).
  'personal-data.reveal': ['mediator', 'shop-manager', 'supervisor'],
  // Applications for credit repair in sight: of the merchant's units, of the window, and of the departments that are asked.
  'restoration.read': [
    'mediator',
    'shop-manager',
    'supervisor',
    'repair-clerk',
    'department-reviewer',
    'credit-officer',
  ],
  // Who answers for the merchant's unit, or for one above it, files for it, completes, withdraws and objects.
  'restoration.file': ['mediator', 'shop-manager', 'supervisor', 'credit-officer'],
  // The window takes applications on, asks departments and concludes; for the district its credit officer.
  'restoration.handle': ['repair-clerk', 'credit-officer'],
  // A department answers for itself alone, which the reducer sees to.
  'restoration.review': ['department-reviewer'],
  // Who handles an application has to reach the handler and to hold its papers, as printed; each look is on record.
  'restoration.reveal': [
    'mediator',
    'shop-manager',
    'supervisor',
    'repair-clerk',
    'department-reviewer',
    'credit-officer',
  ],
  // A shop sees what patrols found in it, and whether its plaque hangs.
  'street.read': ['mediator', 'shop-manager', 'supervisor', 'credit-officer'],
  // Who goes along a street also says which shops are on it; never those of their own unit, which the reducer sees to.
  'street.patrol': ['mediator', 'supervisor'],
  // Streets are opened, and plaques granted and withdrawn, by who answers for the unit.
  'street.decide': ['supervisor'],
  // Whoever is asked by a rider; the public reads them as well.
  'station.read': ['mediator', 'shop-manager', 'supervisor', 'credit-officer'],
  // Stations for riders are kept where malls and circles have their desks.
  'station.handle': ['mediator', 'supervisor'],
  // A shop joins the alliance, offers discounts and checks citizens at its own desk; whoever looks after it above may enter it for it.
  'alliance.handle': ['mediator', 'shop-manager', 'supervisor'],
  // A Love Fund is the operator's and the regulator's; each payout takes two who answer for the unit.
  'charity.handle': ['mediator', 'supervisor'],
  'charity.approve': ['supervisor'],
};

/** True when the role has the capability (assumption: default table for Haishu). */
export function may(role: Role, capability: Capability): boolean {
  return table[capability].includes(role);
}
