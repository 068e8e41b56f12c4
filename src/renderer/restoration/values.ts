import { z } from 'zod';
import type { FileRestoration, RestorationForm } from '../../contract/workstation/restoration.ts';
import { Attachment, type MatterType } from '../../domain/restoration/index.ts';
import { phoneNeeded, textNeeded } from '../kernel/components/typed-values.ts';

const needed = z
  .string()
  .nullable()
  .refine((value) => value !== null, { error: 'required' });

/** What stands in the form of a new application. */
export const FileValues = z
  .object({
    merchantId: needed,
    windowPath: needed,
    representative: textNeeded(60),
    as: z.enum(['self', 'agent']),
    handler: z.string().max(60, { error: 'too_big' }),
    phone: phoneNeeded,
    authority: z.string().max(300, { error: 'too_big' }),
    /** A record and a type of matter, as one text each. */
    matters: z.array(z.string()).min(1, { error: 'required' }),
    attachments: z.array(Attachment),
    publication: z.boolean().refine(Boolean, { error: 'restoration-publication-needed' }),
  })
  .check(({ value, issues }) => {
    if (value.as === 'self') return;
    for (const name of ['handler', 'authority'] as const)
      if (value[name].trim() === '')
        issues.push({ code: 'custom', message: 'required', path: [name], input: value[name] });
  });
export type FileValues = z.input<typeof FileValues>;

export function emptyForm(merchantId: string | null): FileValues {
  return {
    merchantId,
    windowPath: null,
    representative: '',
    as: 'self',
    handler: '',
    phone: null,
    authority: '',
    matters: [],
    attachments: [],
    publication: false,
  };
}

/** A record under a type of matter, as it stands in the form. */
export const matterKey = (sanctionId: string, type: string): string => `${sanctionId} ${type}`;
export const matterOf = (key: string): { sanctionId: string; type: string } => {
  const [sanctionId = '', type = ''] = key.split(' ');
  return { sanctionId, type };
};

/** The files that prove a matter: those of the kinds that its type asks for, or all where it asks for none. */
function proofsOf(type: MatterType | undefined, attachments: readonly Attachment[]): string[] {
  const wanted = attachments.filter(({ kind }) => type?.proofs.includes(kind));
  return (wanted.length > 0 ? wanted : attachments).map(({ sha256 }) => sha256);
}

/** The application as it is filed; null where the form does not hold one yet. */
export function applicationOf(
  restorationId: string,
  values: FileValues,
  { settings }: Pick<RestorationForm, 'settings'>,
  { today, desk, signature }: { today: string; desk: boolean; signature: Attachment },
): FileRestoration | null {
  const { merchantId, windowPath, phone, attachments } = values;
  if (merchantId === null || windowPath === null || phone === null) return null;
  const self = values.as === 'self';
  const matters = values.matters.map((key, place) => ({ ...matterOf(key), matterId: `k-${place + 1}` }));
  return {
    restorationId,
    merchantId,
    windowPath,
    channel: desk ? 'desk' : 'online',
    representative: { name: values.representative },
    handler: {
      name: self ? values.representative : values.handler,
      phone,
      authority: self ? '' : values.authority,
    },
    publication: values.publication,
    attachments: [...attachments, signature],
    matters: matters.map(({ matterId, sanctionId, type }) => ({
      matterId,
      sanctionId,
      type,
      proofs: proofsOf(
        settings.types.find(({ code }) => code === type),
        attachments,
      ),
      // One for each decision, signed together.
      commitmentId: `p-${matterId}`,
    })),
    commitments: matters.map(({ matterId }) => ({
      commitmentId: `p-${matterId}`,
      version: settings.commitment.version,
      signedBy: values.representative,
      signedOn: today,
      how: 'screen',
      signature: signature.sha256,
    })),
  };
}

/** Where a field of the contract stands in the form. */
export const formField = (field: string): string =>
  field
    .replace(/^representative\.name$/, 'representative')
    .replace(/^handler\.name$/, 'handler')
    .replace(/^handler\.(phone|authority)$/, '$1')
    .replace(/^matters\.\d+\.proofs.*$/, 'attachments')
    .replace(/^matters\..*$/, 'matters')
    .replace(/^attachments\..*$/, 'attachments');
