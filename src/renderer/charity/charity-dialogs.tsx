import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type {
  CharityApplicationView,
  CharityDetail,
  CharityStep,
} from '../../contract/workstation/charity.ts';
import { ApplicantGroup, CharityDocument, CharityNeed } from '../../domain/charity/index.ts';
import { parsePhone } from '../../domain/kernel/text/index.ts';
import { api } from '../kernel/api/client.ts';
import { yuan } from '../kernel/components/money.tsx';
import { Dialog, type DialogField, type DialogValues } from '../kernel/kit/dialog.tsx';
import { useToday } from '../kernel/kit/now.tsx';

/** What is being done with a fund, or with one of its applications. */
export type Doing =
  | { step: 'donation-received' | 'donation-undone' | 'charity-applied' }
  | { step: CharityStep; application: CharityApplicationView };

type Props = { detail: CharityDetail; onClose: () => void };

/** Shows what came of a step. */
function useShown(id: string): (next: CharityDetail) => void {
  const queries = useQueryClient();
  return (next) => {
    queries.setQueryData(['charity', 'get', id], next);
    void queries.invalidateQueries({ queryKey: ['charity', 'list'] });
  };
}

/** The form of one step. */
export function CharityDialog({ doing, ...props }: Props & { doing: Doing }) {
  if ('application' in doing) return <StepDialog {...props} {...doing} />;
  switch (doing.step) {
    case 'donation-received':
      return <DonationDialog {...props} />;
    case 'donation-undone':
      return <UndoDialog {...props} />;
    case 'charity-applied':
      return <ApplyDialog {...props} />;
  }
}

function useDay(): DialogField {
  const { t } = useTranslation('charity');
  return { kind: 'day', name: 'on', label: t('field.on'), initial: useToday() };
}

function DonationDialog({ detail: { state }, onClose }: Props) {
  const { t } = useTranslation('charity');
  const shown = useShown(state.id);
  return (
    <Dialog
      title={t('step.donation-received')}
      onClose={onClose}
      fieldOf={(field) => field.replace(/^action\.payload\./, '').replace(/^donor\.name$/, 'donor')}
      fields={[
        { kind: 'amount', name: 'fen', label: t('field.fen') },
        { kind: 'note', name: 'donor', label: t('field.donor'), help: t('field.donorHint') },
        useDay(),
      ]}
      save={async (values, eventId) => {
        const name = String(values['donor'] ?? '').trim() || null;
        const payload = {
          fen: Number(values['fen']),
          donor: { anonymous: name === null, name },
          on: String(values['on']),
        };
        const { id, revision } = state;
        const action = { step: 'donation-received' as const, payload };
        shown(await api.charity.act({ id, revision, eventId, action }));
      }}
    />
  );
}

function UndoDialog({ detail: { state }, onClose }: Props) {
  const { t } = useTranslation('charity');
  const shown = useShown(state.id);
  return (
    <Dialog
      title={t('step.donation-undone')}
      onClose={onClose}
      fields={[
        {
          kind: 'choice',
          name: 'undoneId',
          label: t('field.undoneId'),
          options: state.donations
            .filter(({ undone }) => undone === null)
            .map(({ entryId, on, fen, donor }) => ({
              value: entryId,
              label: `${on} ${donor.name ?? t('anonymous')} ${yuan(fen)}`,
            })),
        },
        { kind: 'long', name: 'reason', label: t('field.reason') },
        useDay(),
      ]}
      save={async (values, eventId) => {
        const payload = {
          undoneId: String(values['undoneId']),
          reason: String(values['reason']),
          on: String(values['on']),
        };
        const { id, revision } = state;
        const action = { step: 'donation-undone' as const, payload };
        shown(await api.charity.act({ id, revision, eventId, action }));
      }}
    />
  );
}

/** One of a schema's own words, of what its choice has passed. */
const oneOf = <Word extends string>(words: readonly Word[], value: unknown): Word =>
  words.find((word) => word === value) ?? (words[0] as Word);

/** As typed where it is no number: then it is refused at its field. */
function phoneOf(typed: string): string {
  const read = parsePhone(typed);
  return read.kind === 'phone' ? read.phone : typed.trim();
}

function applicationOf(values: DialogValues) {
  const documents = Array.isArray(values['documents']) ? values['documents'] : [];
  return {
    applicant: {
      name: String(values['name']),
      phone: phoneOf(String(values['phone'])),
      group: oneOf(ApplicantGroup.options, values['group']),
      platform: String(values['platform']),
    },
    need: oneOf(CharityNeed.options, values['need']),
    story: String(values['story']),
    fen: Number(values['fen']),
    documents: CharityDocument.options.filter((one) => documents.includes(one)),
  };
}

function ApplyDialog({ detail: { state }, onClose }: Props) {
  const { t } = useTranslation('charity');
  const shown = useShown(state.id);
  return (
    <Dialog
      title={t('step.charity-applied')}
      onClose={onClose}
      fieldOf={(field) => field.replace(/^application\.(applicant\.)?/, '')}
      fields={[
        { kind: 'text', name: 'name', label: t('field.applicantName') },
        { kind: 'text', name: 'phone', label: t('field.phone') },
        {
          kind: 'choice',
          name: 'group',
          label: t('field.group'),
          initial: 'rider',
          options: ApplicantGroup.options.map((value) => ({ value, label: t(`group.${value}`) })),
        },
        { kind: 'text', name: 'platform', label: t('field.platform') },
        {
          kind: 'choice',
          name: 'need',
          label: t('field.need'),
          options: CharityNeed.options.map((value) => ({ value, label: t(`need.${value}`) })),
        },
        { kind: 'long', name: 'story', label: t('field.story') },
        { kind: 'amount', name: 'fen', label: t('field.asked') },
        {
          kind: 'choices',
          name: 'documents',
          label: t('field.documents'),
          help: t('field.documentsHint'),
          options: CharityDocument.options.map((value) => ({ value, label: t(`document.${value}`) })),
        },
      ]}
      save={async (values, applicationId) => {
        const application = applicationOf(values);
        shown(await api.charity.apply({ id: state.id, applicationId, application }));
      }}
    />
  );
}

function StepDialog({
  detail: { state, summary },
  step,
  application,
  onClose,
}: Props & { step: CharityStep; application: CharityApplicationView }) {
  const { t } = useTranslation('charity');
  const shown = useShown(state.id);
  const day = useDay();
  const { id, revision, fen, applicant } = application;
  const told = { name: applicant.name, amount: yuan(fen), balance: yuan(summary.balanceFen) };
  const fields: Record<CharityStep, DialogField[]> = {
    'charity-approved': [],
    'charity-refused': [{ kind: 'long', name: 'ground', label: t('field.ground') }],
    'charity-paid': [{ kind: 'amount', name: 'fen', label: t('field.fen'), initial: fen }, day],
  };
  return (
    <Dialog
      title={t(`step.${step}`)}
      text={t(`text.${step}`, told)}
      onClose={onClose}
      fieldOf={(field) => field.replace(/^(action|decision)\.payload\./, '')}
      fields={fields[step]}
      save={async (values, eventId) => {
        if (step === 'charity-paid') {
          const payload = { applicationId: id, fen: Number(values['fen']), on: String(values['on']) };
          const action = { step, payload };
          shown(await api.charity.act({ id: state.id, revision: state.revision, eventId, action }));
          return;
        }
        const decision =
          step === 'charity-approved' ? { step } : { step, payload: { ground: String(values['ground']) } };
        shown(await api.charity.decide({ id, revision, eventId, decision }));
      }}
    />
  );
}
