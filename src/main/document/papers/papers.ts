import type { DocumentKind } from '../../../domain/document/kinds.ts';
import { mediationAgreement, peoplesMediationAgreement, settlementAgreement } from './agreements.ts';
import type { CaseFacts } from './case-facts.ts';
import { dossier } from './dossier.ts';
import {
  acceptanceNotice,
  identityNotice,
  mediationNotice,
  refusalNotice,
  terminationNotice,
} from './notices.ts';
import type { Paper } from './paper.ts';
import { receipt } from './receipt.ts';
import { mediationRecord } from './record.ts';

/** What each kind of document says of a case. */
export const papers: Record<DocumentKind, (facts: CaseFacts) => Paper> = {
  receipt,
  'identity-notice': identityNotice,
  'acceptance-notice': acceptanceNotice,
  'refusal-notice': refusalNotice,
  'mediation-notice': mediationNotice,
  'mediation-record': mediationRecord,
  'termination-notice': terminationNotice,
  'settlement-agreement': settlementAgreement,
  'mediation-agreement': mediationAgreement,
  'peoples-mediation-agreement': peoplesMediationAgreement,
  dossier,
};
