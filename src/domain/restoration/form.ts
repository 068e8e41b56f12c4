import type { Refusal } from '../kernel/event/ruling.ts';
import type { Commitment, RestorationPayload } from './events.ts';

type Form = RestorationPayload<'restoration-filed@1'>;

/** The first place of a list whose value stands earlier in it already; -1 where none does. */
export function repeatedAt(values: readonly string[]): number {
  return values.findIndex((one, place) => values.indexOf(one) < place);
}

/** What is wrong with a form in itself, and where; null where nothing is. `day` is that of the fact. */
export function refusalOfForm(form: Form, day: string): Refusal | null {
  if (!form.publication) return { rule: 'restoration-publication-needed', field: 'publication' };
  return (
    refusalOfRepeats(form) ??
    form.matters.map((_, place) => refusalOfMatter(form, place, day)).find((refusal) => refusal !== null) ??
    null
  );
}

function refusalOfRepeats({ matters, attachments, commitments }: Form): Refusal | null {
  const ids = repeatedAt(matters.map(({ matterId }) => matterId));
  if (ids >= 0) return { rule: 'restoration-matter-twice', field: `matters.${ids}` };
  const records = repeatedAt(matters.map(({ sanctionId }) => sanctionId));
  if (records >= 0) return { rule: 'restoration-matter-twice', field: `matters.${records}.sanctionId` };
  const files = repeatedAt(attachments.map(({ sha256 }) => sha256));
  if (files >= 0) return { rule: 'restoration-attachment-twice', field: `attachments.${files}` };
  const letters = repeatedAt(commitments.map(({ commitmentId }) => commitmentId));
  return letters >= 0 ? { rule: 'restoration-commitment-twice', field: `commitments.${letters}` } : null;
}

function refusalOfMatter(
  { matters, attachments, commitments }: Form,
  place: number,
  day: string,
): Refusal | null {
  const matter = matters[place];
  if (matter === undefined) return null;
  const strange = matter.proofs.findIndex((hash) => !attachments.some(({ sha256 }) => sha256 === hash));
  if (strange >= 0)
    return { rule: 'restoration-attachment-unknown', field: `matters.${place}.proofs.${strange}` };
  const signed = commitments.findIndex(({ commitmentId }) => commitmentId === matter.commitmentId);
  const commitment = commitments[signed];
  if (commitment === undefined)
    return { rule: 'restoration-commitment-unsigned', field: `matters.${place}.commitmentId` };
  return refusalOfCommitment(commitment, `commitments.${signed}`, day);
}

function refusalOfCommitment(
  { signedBy, signedOn, signature }: Commitment,
  field: string,
  day: string,
): Refusal | null {
  if (signedBy === '' || signedOn === null || signature === null)
    return { rule: 'restoration-commitment-unsigned', field };
  return signedOn > day ? { rule: 'date-in-future', field: `${field}.signedOn` } : null;
}
