import type { i18n } from 'i18next';
import {
  SanctionArea,
  SanctionChannel,
  SanctionClass,
  type SanctionContent,
  SanctionKind,
  SanctionMeasure,
  type SanctionState,
} from '../../domain/sanction/index.ts';
import type { DialogField, DialogValues } from '../kernel/kit/dialog.tsx';

type T = i18n['t'];

/** What stands for a class that is not known, or that there is none. */
const NO_CLASS = 'none';

/** The fields of a record, empty or as it is. */
export function contentFields(t: T, state: SanctionState | null): DialogField[] {
  const label = (name: string): string => t(`sanction:field.${name}` as 'sanction:field.organ');
  const options = <Code extends string>(of: string, codes: readonly Code[]) =>
    codes.map((value) => ({ value, label: t(`sanction:${of}.${value}` as 'sanction:kind.penalty') }));
  const initial = <Value extends string | string[]>(value: Value | null | undefined) =>
    value === null || value === undefined ? {} : { initial: value };
  return [
    {
      kind: 'choice',
      name: 'kind',
      label: label('kind'),
      options: options('kind', SanctionKind.options),
      initial: state?.kind ?? 'penalty',
    },
    {
      kind: 'choice',
      name: 'class',
      label: label('class'),
      options: [
        ...options('class', SanctionClass.options),
        { value: NO_CLASS, label: t('sanction:class.none') },
      ],
      initial: state === null ? NO_CLASS : (state.class ?? NO_CLASS),
    },
    { kind: 'text', name: 'organ', label: label('organ'), ...initial(state?.organ) },
    { kind: 'text', name: 'number', label: label('number'), ...initial(state?.number) },
    { kind: 'day', name: 'determinedOn', label: label('determinedOn'), ...initial(state?.determinedOn) },
    {
      kind: 'day',
      optional: true,
      name: 'publishedOn',
      label: label('publishedOn'),
      ...initial(state?.publishedOn),
    },
    {
      kind: 'choice',
      name: 'channel',
      label: label('channel'),
      options: options('channel', SanctionChannel.options),
      initial: state?.channel ?? 'gsxt',
    },
    {
      kind: 'choice',
      name: 'simplified',
      label: label('simplified'),
      options: [
        { value: 'no', label: t('sanction:no') },
        { value: 'yes', label: t('sanction:yes') },
      ],
      initial: state?.simplified ? 'yes' : 'no',
    },
    {
      kind: 'choices',
      name: 'measures',
      label: label('measures'),
      options: options('measure', SanctionMeasure.options),
      ...initial(state?.measures),
    },
    {
      kind: 'choices',
      name: 'areas',
      label: label('areas'),
      options: options('area', SanctionArea.options),
      ...initial(state?.areas),
    },
    {
      kind: 'day',
      optional: true,
      name: 'restrictedUntil',
      label: label('restrictedUntil'),
      ...initial(state?.restrictedUntil),
    },
    { kind: 'note', name: 'text', label: label('text'), ...initial(state?.text) },
    {
      kind: 'note',
      name: 'duties',
      label: label('duties'),
      help: t('sanction:dutiesHelp'),
      ...initial(state?.duties.map(({ text }) => text).join('\n')),
    },
  ];
}

const textOf = (value: DialogValues[string] | undefined): string => (typeof value === 'string' ? value : '');
const dayOf = (value: DialogValues[string] | undefined): string | null => textOf(value) || null;
const listOf = (value: DialogValues[string] | undefined): string[] => (Array.isArray(value) ? value : []);

/** What was typed of a record. A duty that stands there as it stood keeps its id, and so what was done. */
export function contentOf(values: DialogValues, state: SanctionState | null): SanctionContent {
  const known = [...(state?.duties ?? [])];
  const duties = textOf(values.duties)
    .split('\n')
    .map((text) => text.trim())
    .filter((text) => text !== '')
    .map((text) => {
      const place = known.findIndex((one) => one.text === text);
      const [same] = place < 0 ? [] : known.splice(place, 1);
      return { dutyId: same?.dutyId ?? crypto.randomUUID(), text };
    });
  const of = SanctionClass.safeParse(values.class);
  return {
    kind: SanctionKind.parse(values.kind),
    class: of.success ? of.data : null,
    organ: textOf(values.organ),
    number: textOf(values.number),
    determinedOn: dayOf(values.determinedOn),
    publishedOn: dayOf(values.publishedOn),
    channel: SanctionChannel.parse(values.channel),
    simplified: values.simplified === 'yes',
    measures: SanctionMeasure.array().parse(listOf(values.measures)),
    areas: SanctionArea.array().parse(listOf(values.areas)),
    restrictedUntil: dayOf(values.restrictedUntil),
    text: textOf(values.text),
    duties,
  };
}

/** Where a field of the contract stands in these dialogs. */
export const fieldHere = (field: string): string =>
  field.replace(/^(fact\.payload|content)\./, '').replace(/^duties\..*$/, 'duties');
