import { Table } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { PrivacyDetail, PrivacyRecordView } from '../../contract/workstation/privacy.ts';
import type { PrivacyOutcome } from '../../domain/privacy/index.ts';
import { When } from '../kernel/components/when.tsx';
import { OutcomeTag } from './tags.tsx';
import { keyOf } from './values.ts';

const PAGES = { case: '/cases', return: '/returns' } as const;

/** Each record of a request with what became of it. */
export function RecordsTable({ detail: { state, records } }: { detail: PrivacyDetail }) {
  const { t } = useTranslation('privacy');
  const outcomeOf = (one: PrivacyRecordView): PrivacyOutcome | undefined =>
    state.decided?.outcomes.find((outcome) => keyOf(outcome) === keyOf(one));
  return (
    <Table<PrivacyRecordView>
      size="small"
      rowKey={keyOf}
      aria-label={t('page.recordsOf')}
      dataSource={records}
      pagination={false}
      columns={[
        {
          key: 'record',
          title: t('page.record'),
          className: 'heshi-nowrap',
          render: (_, { kind, id, number, known }) => (
            <>
              {t(`kind.${kind}`)}{' '}
              {known === null ? number : <Link to={`${PAGES[kind]}/${id}`}>{number}</Link>}
            </>
          ),
        },
        {
          key: 'merchant',
          title: t('page.merchant'),
          render: (_, { known }) =>
            known?.merchantName ?? <span className="heshi-muted">{t('page.gone')}</span>,
        },
        {
          key: 'on',
          title: t('page.on'),
          className: 'heshi-nowrap',
          render: (_, { known }) => known?.on ?? '—',
        },
        {
          key: 'outcome',
          title: t('page.outcome'),
          render: (_, one) => {
            const outcome = outcomeOf(one);
            return (
              <>
                <OutcomeTag outcome={outcome} erasure={one.erasure} />
                {one.erasure !== null && one.erasure !== 'waiting' ? <When at={one.erasure.at} /> : null}
                {outcome === undefined ? null : <Reason outcome={outcome} />}
              </>
            );
          },
        },
      ]}
    />
  );
}

function Reason({ outcome }: { outcome: PrivacyOutcome }) {
  const { t } = useTranslation('privacy');
  const ground = outcome.verdict === 'refused' ? t(`ground.${outcome.ground}`) : '';
  const said = [ground, outcome.text].filter((one) => one !== '').join(' · ');
  return said === '' ? null : <div className="heshi-muted heshi-as-typed">{said}</div>;
}
