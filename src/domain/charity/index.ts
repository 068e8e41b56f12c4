export { APPLICATION_STATUSES, type ApplicationStatus, type CharityApplicationState } from './application.ts';
export { charityBalance, type CharityState, type Donation, MONEY, type Payout } from './charity.ts';
export {
  Applicant,
  ApplicantGroup,
  CharityDocument,
  type CharityApplicationPayload,
  charityApplicationSchemas,
  CharityNeed,
  type CharityPayload,
  charitySchemas,
} from './events.ts';
export { CHARITY_METRICS } from './metrics.ts';
export { type PublicAccount, publicAccount } from './public-account.ts';
export { mustApplicationBeErased } from './retention.ts';
