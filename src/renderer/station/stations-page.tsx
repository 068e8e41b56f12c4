import { useQuery } from '@tanstack/react-query';
import { Button, Table } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StationView } from '../../contract/workstation/station.ts';
import { offerOf } from '../../domain/station/index.ts';
import { api } from '../kernel/api/client.ts';
import { useSession } from '../kernel/app/session.ts';
import { EmptyState } from '../kernel/components/empty-state.tsx';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { Page } from '../kernel/components/page.tsx';
import { StatusTag } from '../kernel/components/status-tag.tsx';
import { CloseDialog, StationDialog } from './station-dialogs.tsx';

type Doing = { what: 'open' } | { what: 'change' | 'close'; station: StationView };

/** The stations in sight, which the public page of the centre lists by circle. */
export function StationsPage() {
  const { t } = useTranslation('stations');
  const { staff } = useSession();
  const [doing, setDoing] = useState<Doing | null>(null);
  const list = useQuery({ queryKey: ['stations'], queryFn: () => api.stations.list() });
  const done = (): void => setDoing(null);
  return (
    <Page
      title={t('title')}
      primary={
        staff.capabilities.includes('station.handle') ? (
          <Button type="primary" onClick={() => setDoing({ what: 'open' })}>
            {t('open')}
          </Button>
        ) : undefined
      }
    >
      {list.error ? <ErrorNotice error={list.error} kept={false} /> : null}
      <p className="heshi-note">{t('text')}</p>
      <Stations
        stations={list.data ?? []}
        pending={list.isPending}
        act={(what, station) => setDoing({ what, station })}
      />
      {doing === null ? null : doing.what === 'close' ? (
        <CloseDialog station={doing.station} onClose={done} />
      ) : (
        <StationDialog {...(doing.what === 'change' ? { station: doing.station } : {})} onClose={done} />
      )}
    </Page>
  );
}

function Stations({
  stations,
  pending,
  act,
}: {
  stations: StationView[];
  pending: boolean;
  act: (what: 'change' | 'close', station: StationView) => void;
}) {
  const { t, i18n } = useTranslation('stations');
  const chinese = i18n.language.startsWith('zh');
  const named = (code: string): string => {
    const name = offerOf(code)?.name;
    return name === undefined ? code : chinese ? name.zh : name.en;
  };
  const hours = ({ opens, closes }: StationView): string =>
    opens === closes ? t('always') : t(opens < closes ? 'hours' : 'overnight', { opens, closes });
  return (
    <Table<StationView>
      size="small"
      rowKey="id"
      aria-label={t('label')}
      loading={pending}
      dataSource={stations}
      pagination={false}
      locale={{ emptyText: <EmptyState title={t('none')} text={t('text')} /> }}
      columns={[
        {
          key: 'name',
          title: t('column.name'),
          render: (_, { name, closed, note }) => (
            <>
              {name}
              {closed === null ? null : (
                <div>
                  <StatusTag tone="neutral">{t('closed', closed)}</StatusTag>
                </div>
              )}
              {note === '' ? null : <div className="heshi-note">{note}</div>}
            </>
          ),
        },
        { key: 'unit', title: t('column.unit'), dataIndex: 'unitName' },
        { key: 'place', title: t('column.place'), dataIndex: 'place' },
        { key: 'hours', title: t('column.hours'), className: 'heshi-nowrap', render: (_, one) => hours(one) },
        {
          key: 'offers',
          title: t('column.offers'),
          render: (_, { offers }) => offers.map(named).join(chinese ? '、' : ', '),
        },
        {
          key: 'steps',
          title: t('column.steps'),
          render: (_, station) =>
            station.canHandle ? (
              <span className="heshi-row">
                {(['change', 'close'] as const).map((what) => (
                  <Button
                    key={what}
                    size="small"
                    aria-label={t(`${what}Of`, { name: station.name })}
                    onClick={() => act(what, station)}
                  >
                    {t(what)}
                  </Button>
                ))}
              </span>
            ) : null,
        },
      ]}
    />
  );
}
