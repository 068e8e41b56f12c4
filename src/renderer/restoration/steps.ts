import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type {
  RestorationAction,
  RestorationDetail,
  RestorationStep,
} from '../../contract/workstation/restoration.ts';
import type { Answer, Attachment, Outcome } from '../../domain/restoration/index.ts';
import { useToday } from '../kernel/kit/now.tsx';
import type { InlineField, InlineValues } from './inline-form.tsx';

const text = (values: InlineValues, name: string): string => {
  const value = values[name];
  return typeof value === 'string' ? value : '';
};

/** The matters about which this department is asked. */
const askedMatters = ({ state, ask }: RestorationDetail) =>
  state.matters.filter(({ matterId }) => ask?.matterIds.includes(matterId));
/** The matters that have no outcome yet. */
const openMatters = ({ state }: RestorationDetail) =>
  state.matters.filter(({ matterId }) => !state.outcomes.some((one) => one.matterId === matterId));
/** The platforms on which something that was agreed to is published. */
const platformsOf = ({ state, agreed }: RestorationDetail) => [
  ...new Set(state.matters.filter(({ matterId }) => agreed.includes(matterId)).map(({ channel }) => channel)),
];

/** The fields of a step's form, by what stands in it. */
export function useStepFields(
  detail: RestorationDetail,
  step: RestorationStep,
): (values: InlineValues) => InlineField[] {
  const { t, i18n } = useTranslation('restorations');
  const today = useToday();
  const chinese = i18n.language.startsWith('zh');
  return useCallback(
    (values) => {
      const grounds = detail.settings.grounds.map(({ code, name }) => ({
        value: code,
        label: chinese ? name.zh : name.en,
      }));
      switch (step) {
        case 'restoration-accepted':
        case 'departments-asked':
          return [
            {
              kind: 'choices',
              name: 'departments',
              label: t('field.departments'),
              help: t('field.departmentsHint'),
              options: detail.departments.map(({ path, name }) => ({ value: path, label: name })),
            },
          ];
        case 'opinion-given':
          return askedMatters(detail).flatMap(({ matterId, number }): InlineField[] => {
            const verdict = text(values, `verdict:${matterId}`);
            const said = (['agree', 'refuse', 'incomplete'] as const).map((one) => ({
              value: one,
              label: t(`verdict.${one}`),
            }));
            return [
              {
                kind: 'choice',
                name: `verdict:${matterId}`,
                label: `${t('field.verdict')} · ${number}`,
                options: said,
              },
              ...(verdict === 'refuse'
                ? ([
                    {
                      kind: 'select',
                      name: `ground:${matterId}`,
                      label: t('field.ground'),
                      options: grounds,
                    },
                    { kind: 'text', name: `article:${matterId}`, label: t('field.article') },
                    { kind: 'note', name: `text:${matterId}`, label: t('field.text') },
                  ] as const)
                : []),
              ...(verdict === 'incomplete'
                ? ([{ kind: 'long', name: `missing:${matterId}`, label: t('field.missing') }] as const)
                : []),
            ];
          });
        case 'restoration-submitted':
          return [
            ...platformsOf(detail).map((platform): InlineField => ({
              kind: 'text',
              name: `receipt:${platform}`,
              label: t('field.receipt', { platform: t(`platform.${platform}`) }),
            })),
            { kind: 'day', name: 'on', label: t('field.on'), initial: today },
          ];
        case 'restoration-concluded':
          return openMatters(detail).flatMap(({ matterId, number }): InlineField[] => {
            const outcome = text(values, `outcome:${matterId}`);
            const may = detail.agreed.includes(matterId)
              ? (['repaired', 'refused'] as const)
              : (['refused'] as const);
            return [
              {
                kind: 'choice',
                name: `outcome:${matterId}`,
                label: `${t('field.outcome')} · ${number}`,
                options: may.map((one) => ({ value: one, label: t(`page.${one}`) })),
              },
              ...(outcome === 'repaired'
                ? ([
                    { kind: 'text', name: `number:${matterId}`, label: t('field.documentNumber') },
                    { kind: 'day', name: `day:${matterId}`, label: t('field.effectiveOn') },
                  ] as const)
                : []),
              ...(outcome === 'refused'
                ? ([
                    {
                      kind: 'select',
                      name: `ground:${matterId}`,
                      label: t('field.ground'),
                      options: grounds,
                    },
                    { kind: 'long', name: `reason:${matterId}`, label: t('field.reason') },
                  ] as const)
                : []),
            ];
          });
        case 'restoration-completed':
          return [{ kind: 'note', name: 'text', label: t('field.text') }];
        case 'restoration-objected':
          return [{ kind: 'long', name: 'text', label: t('field.text') }];
        case 'objection-answered':
          return [
            {
              kind: 'choice',
              name: 'verdict',
              label: t('field.objectionVerdict'),
              options: (['upheld', 'rejected'] as const).map((one) => ({
                value: one,
                label: t(`objection.${one}`),
              })),
            },
            { kind: 'long', name: 'text', label: t('field.text') },
          ];
        case 'restoration-returned':
        case 'restoration-withdrawn':
          return [{ kind: 'long', name: 'reason', label: t('field.reason') }];
      }
    },
    [detail, step, t, today, chinese],
  );
}

/** What stands in a step's form as the step. */
export function actionOf(
  detail: RestorationDetail,
  step: RestorationStep,
  values: InlineValues,
  files: readonly Attachment[],
  newId: string,
): RestorationAction {
  switch (step) {
    case 'restoration-accepted':
    case 'departments-asked': {
      const chosen = values['departments'];
      const matterIds = detail.state.matters.map(({ matterId }) => matterId);
      const asks = (Array.isArray(chosen) ? chosen : []).map((departmentPath) => ({
        departmentPath,
        matterIds,
      }));
      return { step, payload: { asks } };
    }
    case 'opinion-given':
      return {
        step,
        payload: {
          departmentPath: detail.ask?.departmentPath ?? '',
          attempt: detail.ask?.earlier.length ?? 0,
          answers: askedMatters(detail).map(({ matterId }): Answer => {
            const verdict = text(values, `verdict:${matterId}`);
            if (verdict === 'refuse')
              return {
                matterId,
                verdict,
                ground: text(values, `ground:${matterId}`),
                article: text(values, `article:${matterId}`),
                text: text(values, `text:${matterId}`),
              };
            return verdict === 'incomplete'
              ? { matterId, verdict, missing: text(values, `missing:${matterId}`) }
              : { matterId, verdict: 'agree' };
          }),
        },
      };
    case 'restoration-returned':
    case 'restoration-withdrawn':
      return { step, payload: { reason: text(values, 'reason') } };
    case 'restoration-completed':
      return {
        step,
        payload: {
          text: text(values, 'text'),
          attachments: [...files],
          proofs: detail.state.matters.flatMap(({ matterId }) =>
            files.map(({ sha256 }) => ({ matterId, sha256 })),
          ),
        },
      };
    case 'restoration-submitted':
      return {
        step,
        payload: {
          submissions: platformsOf(detail).map((platform) => ({
            platform,
            receipt: text(values, `receipt:${platform}`),
            on: text(values, 'on'),
          })),
        },
      };
    case 'restoration-concluded':
      return {
        step,
        payload: {
          outcomes: openMatters(detail).map(({ matterId }): Outcome => {
            if (text(values, `outcome:${matterId}`) === 'repaired')
              return {
                matterId,
                outcome: 'repaired',
                number: text(values, `number:${matterId}`),
                effectiveAt: `${text(values, `day:${matterId}`)}T00:00:00.000+08:00`,
              };
            const ground = text(values, `ground:${matterId}`);
            return { matterId, outcome: 'refused', ground, reason: text(values, `reason:${matterId}`) };
          }),
        },
      };
    case 'restoration-objected':
      return { step, payload: { objectionId: newId, text: text(values, 'text') } };
    case 'objection-answered': {
      const open = detail.state.objections.find(({ answer }) => answer === null);
      const verdict = text(values, 'verdict') === 'upheld' ? 'upheld' : 'rejected';
      return { step, payload: { objectionId: open?.objectionId ?? '', verdict, text: text(values, 'text') } };
    }
  }
}

/** Where a field of the contract stands in a step's form. */
export function fieldIn(detail: RestorationDetail, step: RestorationStep): (field: string) => string {
  const matters = step === 'opinion-given' ? askedMatters(detail) : openMatters(detail);
  return (field) => {
    const path = field.replace(/^action\.payload\./, '');
    const [list = '', place = '', member = ''] = path.split('.');
    if (list === 'asks') return 'departments';
    if (list === 'submissions')
      return member === 'on' ? 'on' : `receipt:${platformsOf(detail)[Number(place)] ?? ''}`;
    const matterId = matters[Number(place)]?.matterId ?? '';
    if (list === 'answers') return `${member === '' ? 'verdict' : member}:${matterId}`;
    if (list === 'outcomes')
      return `${member === '' ? 'outcome' : member === 'effectiveAt' ? 'day' : member}:${matterId}`;
    return path;
  };
}
