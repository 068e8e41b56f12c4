import { z } from 'zod';

/** The documents a workstation issues; see the domain document, section 2. */
export const DocumentKind = z.enum([
  'receipt',
  'identity-notice',
  'acceptance-notice',
  'refusal-notice',
  'mediation-notice',
  'mediation-record',
  'termination-notice',
  'settlement-agreement',
  'mediation-agreement',
  'peoples-mediation-agreement',
  'dossier',
]);
export type DocumentKind = z.infer<typeof DocumentKind>;

export const Signer = z.enum(['consumer', 'merchant', 'mediator']);
export type Signer = z.infer<typeof Signer>;

/** Who signs a document; notices and the dossier bear the seal only. */
export const SIGNERS: Record<DocumentKind, readonly Signer[]> = {
  receipt: ['consumer', 'mediator'],
  'identity-notice': [],
  'acceptance-notice': [],
  'refusal-notice': [],
  'mediation-notice': [],
  'mediation-record': ['consumer', 'merchant', 'mediator'],
  'termination-notice': [],
  'settlement-agreement': ['consumer', 'merchant', 'mediator'],
  'mediation-agreement': ['consumer', 'merchant', 'mediator'],
  'peoples-mediation-agreement': ['consumer', 'merchant', 'mediator'],
  dossier: [],
};

/** Copies printed unless the workstation says otherwise: three of what both parties sign, two of a notice. */
export const COPIES: Record<DocumentKind, number> = {
  receipt: 2,
  'identity-notice': 2,
  'acceptance-notice': 2,
  'refusal-notice': 2,
  'mediation-notice': 3,
  'mediation-record': 3,
  'termination-notice': 3,
  'settlement-agreement': 3,
  'mediation-agreement': 3,
  'peoples-mediation-agreement': 3,
  dossier: 1,
};

const Line = (max: number) => z.string().trim().min(1).max(max);

/** What a document says that the case does not know yet; which of them a kind needs, `NEEDED_FIELDS` says. */
export const DocumentFields = z.object({
  /** Identity notice: the last day on which proof is taken. */
  dueOn: z.iso.date().optional(),
  /** Mediation notice: when and where. */
  heldOn: z.iso.date().optional(),
  heldAt: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
    .optional(),
  place: Line(120).optional(),
  /** Receipt: what was handed in, a line each. */
  materials: Line(1000).optional(),
  /** People's mediation agreement: the committee that made it, and who answers for what. */
  committee: Line(80).optional(),
  responsibility: Line(2000).optional(),
});
export type DocumentFields = z.infer<typeof DocumentFields>;
export type DocumentField = keyof DocumentFields;

export const NEEDED_FIELDS: Record<DocumentKind, readonly DocumentField[]> = {
  receipt: ['materials'],
  'identity-notice': ['dueOn'],
  'acceptance-notice': [],
  'refusal-notice': [],
  'mediation-notice': ['heldOn', 'heldAt', 'place'],
  'mediation-record': [],
  'termination-notice': [],
  'settlement-agreement': [],
  'mediation-agreement': [],
  'peoples-mediation-agreement': ['committee', 'responsibility'],
  dossier: [],
};
