import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { LeniencyForm } from '../../contract/workstation/leniency.ts';
import { Harm, type LeniencySource } from '../../domain/leniency/index.ts';
import { api } from '../kernel/api/client.ts';
import { Dialog, type DialogField, type DialogValues } from '../kernel/kit/dialog.tsx';

/** What was found, and of whom. */
export type Found = {
  merchantId: string;
  name: string;
  source: LeniencySource;
  on: string;
  text: string;
};

/** Decides by leniency what an inspection or advice has found, each condition with its ground. */
export function DecideLeniencyDialog({ found, onClose }: { found: Found; onClose: () => void }) {
  const { t } = useTranslation('leniency');
  const queries = useQueryClient();
  const { merchantId, name } = found;
  const { data } = useQuery({
    queryKey: ['leniency', 'form', merchantId],
    queryFn: () => api.leniency.form({ merchantId }),
  });
  const fields = useFields(found, data);
  if (data === undefined) return null;
  return (
    <Dialog
      title={t('decide')}
      text={t('decideText', { name, months: data.months })}
      fields={fields}
      onClose={onClose}
      fieldOf={(field) => (field === 'verdict' ? 'lenient' : field)}
      save={async (values, eventId) => {
        await api.leniency.decide({ eventId, ...typed(found, data, values) });
        await queries.invalidateQueries({ queryKey: ['leniency'] });
      }}
    />
  );
}

function useFields(found: Found, form: LeniencyForm | undefined): DialogField[] {
  const { t, i18n } = useTranslation('leniency');
  if (form === undefined) return [];
  const yesOrNo = (of: 'sameKind' | 'lenient') =>
    (['yes', 'no'] as const).map((value) => ({ value, label: t(`${of}.${value}`) }));
  return [
    {
      kind: 'choice',
      name: 'item',
      label: t('field.item'),
      options: form.items.map((one) => ({
        value: one.code,
        label: i18n.language === 'en' ? one.name.en : one.name.zh,
      })),
    },
    { kind: 'day', name: 'violatedOn', label: t('field.violatedOn'), initial: found.on },
    { kind: 'long', name: 'facts', label: t('field.facts'), initial: found.text },
    ...form.penalties.map(({ id, text, on }): DialogField => ({
      kind: 'choice',
      name: `looked-${id}`,
      label: t('field.looked', { number: text, on }),
      options: yesOrNo('sameKind'),
    })),
    {
      kind: 'choice',
      name: 'harm',
      label: t('field.harm'),
      options: Harm.options.map((value) => ({ value, label: t(`harm.${value}`) })),
    },
    { kind: 'long', name: 'harmGround', label: t('field.harmGround') },
    { kind: 'day', name: 'correctBy', label: t('field.correctBy') },
    {
      kind: 'day',
      optional: true,
      name: 'correctedOn',
      label: t('field.correctedOn'),
      help: t('field.correctedOnHint'),
    },
    { kind: 'long', name: 'correctGround', label: t('field.correctGround') },
    { kind: 'choice', name: 'lenient', label: t('field.lenient'), options: yesOrNo('lenient') },
    { kind: 'note', name: 'number', label: t('field.number'), help: t('field.numberHint') },
  ];
}

function typed({ merchantId, source }: Found, { penalties }: LeniencyForm, values: DialogValues) {
  const text = (name: string): string => String(values[name] ?? '');
  const orNull = (name: string): string | null => (text(name) === '' ? null : text(name));
  return {
    merchantId,
    source,
    item: text('item'),
    violatedOn: text('violatedOn'),
    facts: text('facts'),
    harm: Harm.options.find((one) => one === text('harm')) ?? 'more',
    harmGround: text('harmGround'),
    correctBy: text('correctBy'),
    correctedOn: orNull('correctedOn'),
    correctGround: text('correctGround'),
    lookedAt: penalties.map(({ kind, id, on }) => ({
      kind,
      id,
      on,
      sameKind: text(`looked-${id}`) === 'yes',
    })),
    lenient: text('lenient') === 'yes',
    number: orNull('number'),
  };
}
