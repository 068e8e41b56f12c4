import { Card, Descriptions } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ReactNode } from 'react';
import type { CaseFacts } from '../../contract/workstation/archive.ts';
import type { Revealed } from '../../contract/workstation/case.ts';
import { useRules } from '../kernel/app/rules.tsx';
import { useCodeWords } from '../kernel/components/code-words.ts';
import { Money } from '../kernel/components/money.tsx';
import type { TFunction } from 'i18next';
import { openChallenge } from '../../domain/case/mediation.ts';
import { openStop } from '../../domain/case/clock.ts';
import { businessDay } from '../../domain/kernel/calendar/index.ts';
import { useNow } from '../kernel/kit/now.tsx';
import { InstalmentTable } from './instalments.tsx';
import { LimitationHint } from './limitation-hint.tsx';
import { When } from '../kernel/components/when.tsx';

/** Who, what and which claims: the case reads like a file. */
export function CaseFile({
  detail,
  revealed,
  reveal,
}: {
  detail: CaseFacts;
  revealed: Revealed | null;
  reveal: ReactNode;
}) {
  const { t } = useTranslation('cases');
  const supervision = useTranslation('supervision');
  const now = useNow();
  const { state, summary } = detail;
  const procedure = useRules().of(state.procedure);
  const codes = useCodeWords(procedure);
  const { consumer, merchant, settlement, violation } = state;
  const stop = openStop(state);
  return (
    <>
      <Card size="small" title={t('page.who')} extra={reveal}>
        <Descriptions
          column={2}
          size="small"
          items={[
            { key: 'consumer', label: t('page.consumer'), children: consumer.name },
            {
              key: 'phone',
              label: t('form.consumerPhone'),
              children: revealed?.phone ?? (consumer.phone || '—'),
            },
            { key: 'merchant', label: t('page.merchant'), children: merchant.name },
            { key: 'merchant-phone', label: t('form.merchantPhone'), children: merchant.phone || '—' },
            ...(revealed?.idNumber
              ? [{ key: 'id-number', label: t('page.idNumber'), children: revealed.idNumber }]
              : []),
            ...(merchant.contact
              ? [{ key: 'contact', label: t('form.merchantContact'), children: merchant.contact }]
              : []),
            ...(merchant.address
              ? [{ key: 'merchant-address', label: t('form.merchantAddress'), children: merchant.address }]
              : []),
            ...((revealed?.address ?? consumer.address)
              ? [
                  {
                    key: 'address',
                    label: t('page.consumerAddress'),
                    children: revealed?.address ?? consumer.address,
                  },
                ]
              : []),
          ]}
        />
      </Card>
      <Card size="small" title={t('page.what')}>
        <Descriptions
          column={2}
          size="small"
          items={[
            {
              key: 'category',
              label: t('page.category'),
              children: `${codes.word('object', state.category.object)} · ${codes.word('problem', state.category.problem)}`,
            },
            { key: 'amount', label: t('page.amount'), children: <Money fen={state.amountFen} /> },
            {
              key: 'occurred',
              label: t('page.occurredOn'),
              children: (
                <div>
                  {state.facts.occurredOn}
                  {state.historical ? null : (
                    <LimitationHint
                      occurredOn={state.facts.occurredOn}
                      receivedOn={businessDay(state.registeredAt)}
                      procedure={procedure}
                    />
                  )}
                </div>
              ),
            },
            { key: 'registered', label: t('page.registered'), children: <When at={state.registeredAt} /> },
            { key: 'handling', label: t('page.handling'), children: summary.handlingName },
            {
              key: 'holder',
              label: supervision.t('holder.label'),
              children: state.assignee
                ? supervision.t('holder.since', {
                    name: state.assignee.name,
                    day: businessDay(state.assignee.at),
                  })
                : supervision.t('holder.nobody'),
            },
            {
              key: 'claims',
              label: t('page.claims'),
              children: state.claims.map((claim) => codes.word('claim', claim)).join(t('page.comma')) || '—',
            },
            {
              key: 'facts',
              label: t('page.facts'),
              span: 2,
              children: <span className="heshi-as-typed">{state.facts.text}</span>,
            },
            ...(state.claimText
              ? [{ key: 'claim-text', label: t('page.claimText'), span: 2, children: state.claimText }]
              : []),
            ...(stop
              ? [
                  {
                    key: 'clock',
                    label: t('page.clock'),
                    span: 2,
                    children: t('page.clockStands', {
                      cause: t(`clockStop.${stop.cause}`),
                      day: businessDay(stop.from),
                    }),
                  },
                ]
              : []),
            ...asideItems(t, detail, revealed, now),
            ...(violation
              ? [
                  {
                    key: 'violation',
                    label: t('page.violation'),
                    span: 2,
                    children: `${violation.text} — ${
                      violation.answer
                        ? `${t(`violationResult.${violation.answer.result}`)}: ${violation.answer.text}`
                        : t('page.violationOpen')
                    }`,
                  },
                ]
              : []),
            ...(detail.linkedReturn
              ? [
                  {
                    key: 'return',
                    label: t('source.return'),
                    span: 2,
                    children: (
                      <>
                        <Link to={`/returns/${detail.linkedReturn.id}`}>
                          {t('page.linkedReturn', { number: detail.linkedReturn.number })}
                        </Link>
                        {detail.linkedReturn.resolved
                          ? ` · ${t('page.returnResolved')}`
                          : detail.linkedReturn.status === 'granted'
                            ? ` · ${t('page.returnGranted')}`
                            : ''}
                      </>
                    ),
                  },
                ]
              : []),
          ]}
        />
      </Card>
      {settlement ? (
        <Card size="small" title={t('page.settlement')}>
          <Descriptions
            column={2}
            size="small"
            items={[
              {
                key: 'instrument',
                label: t('field.instrument'),
                children: t(`instrument.${settlement.instrument}`),
              },
              { key: 'paid', label: t('page.paid'), children: <Money fen={settlement.amountFen} /> },
              {
                key: 'performance',
                label: t('page.performance'),
                span: 2,
                children:
                  settlement.performance.kind === 'at-once'
                    ? t('page.atOnce')
                    : t('page.by', {
                        day: settlement.performance.dueOn,
                        manner: settlement.performance.manner,
                      }),
              },
              {
                key: 'terms',
                label: t('page.terms'),
                span: 2,
                children: <span className="heshi-as-typed">{settlement.terms}</span>,
              },
            ]}
          />
          <InstalmentTable state={state} />
        </Card>
      ) : null}
    </>
  );
}

/** What stands beside the mediation: agents, a challenge, tests, units that sit in, judicial confirmation. */
function asideItems(
  t: TFunction<'cases'>,
  { state, joinedNames, confirmation }: CaseFacts,
  revealed: Revealed | null,
  now: number,
) {
  const item = (key: string, label: string, text: string) => ({ key, label, span: 2, children: text });
  const challenge = openChallenge(state);
  return [
    ...(state.answer
      ? [
          item(
            'answer',
            t('page.answer'),
            t('page.answered', { score: state.answer.score, text: state.answer.text }).trim(),
          ),
        ]
      : []),
    ...(state.agents?.length
      ? [
          item(
            'agents',
            t('agent.title'),
            state.agents
              .map(({ agentId, name, side, authority, phone }) =>
                [
                  name,
                  t(`session.side.${side}`),
                  t(`agent.${authority}`),
                  revealed?.agents.find((one) => one.agentId === agentId)?.phone ?? phone,
                ]
                  .filter(Boolean)
                  .join(' '),
              )
              .join(t('page.comma')),
          ),
        ]
      : []),
    ...(challenge
      ? [
          item(
            'challenge',
            t('step.mediator-challenged'),
            t('challenge.open', { mediator: challenge.mediator }),
          ),
        ]
      : []),
    ...(state.testings ?? []).map(({ subject, institution, report }, place) =>
      item(
        `testing-${place}`,
        t('testing.title'),
        report
          ? t('testing.done', { subject, finding: report.finding })
          : t('testing.open', { subject, institution }),
      ),
    ),
    ...(joinedNames.length > 0 ? [item('joined', t('joint.title'), joinedNames.join(t('page.comma')))] : []),
    ...(confirmation
      ? [
          item(
            'confirmation',
            t('confirmation.title'),
            confirmation.appliedOn
              ? t('confirmation.applied', { day: confirmation.appliedOn })
              : t(Date.parse(confirmation.dueAt) < now ? 'confirmation.passed' : 'confirmation.until', {
                  day: businessDay(confirmation.dueAt),
                }),
          ),
        ]
      : []),
  ];
}
