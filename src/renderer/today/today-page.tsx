import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Card, Skeleton, Statistic } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { api } from '../kernel/api/client.ts';
import { EmptyState } from '../kernel/components/empty-state.tsx';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { Page } from '../kernel/components/page.tsx';
import { ReturnsToday } from './returns-today.tsx';
import { TodayCases } from './today-cases.tsx';

/** The workstation's first page: what is due, what came in, and the two things people come for. */
export function TodayPage() {
  const { t } = useTranslation('cases');
  const common = useTranslation('common');
  const supervision = useTranslation('supervision');
  const navigate = useNavigate();
  const today = useQuery({ queryKey: ['today'], queryFn: () => api.today.get(), refetchInterval: 60_000 });
  const newCase = (
    <Button type="primary" onClick={() => void navigate('/cases/new')}>
      {common.t('action.newCase')}
    </Button>
  );
  const newReturn = (
    <Button onClick={() => void navigate('/returns/new')}>{common.t('action.newReturn')}</Button>
  );
  const { data } = today;
  return (
    <Page title={t('today.title')} actions={newReturn} primary={newCase}>
      {today.error ? <ErrorNotice error={today.error} kept={false} /> : null}
      {data ? (
        <>
          <div className="heshi-stats">
            <Card size="small">
              <Statistic title={<Link to="/cases?mine=1">{t('today.open')}</Link>} value={data.openCases} />
            </Card>
            <Card size="small">
              <Statistic
                title={<Link to="/cases?mine=1&overdue=1">{t('today.overdue')}</Link>}
                value={data.overdueCases}
                styles={data.overdueCases > 0 ? { content: { color: 'var(--ant-color-error)' } } : {}}
              />
            </Card>
            <Card size="small">
              <Statistic title={t('today.dueToday')} value={data.dueToday} />
            </Card>
            <Card size="small">
              <Statistic
                title={<Link to="/returns?status=requested">{t('today.returnsWaiting')}</Link>}
                value={data.returnsWaiting}
              />
            </Card>
          </div>
          {data.remarks > 0 ? (
            <Alert
              type="warning"
              showIcon
              role="status"
              title={
                <Link to="/cases?show=all&mine=1&review=remarks">
                  {supervision.t('review.remarksToday')} · {data.remarks}
                </Link>
              }
            />
          ) : null}
          <section aria-label={t('today.mine')}>
            <h2 className="heshi-section-title">{t('today.mine')}</h2>
            <TodayCases today={data} />
          </section>
          <section aria-label={t('today.returns')}>
            <h2 className="heshi-section-title">{t('today.returns')}</h2>
            {data.returnsToday.length > 0 ? (
              <ReturnsToday items={data.returnsToday} />
            ) : (
              <EmptyState title={t('today.noReturns')} text={t('today.noReturnsText')} />
            )}
          </section>
        </>
      ) : (
        <Skeleton active />
      )}
    </Page>
  );
}
