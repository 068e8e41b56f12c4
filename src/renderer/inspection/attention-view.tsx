import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Card, Form, InputNumber, Select, Table } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api } from '../kernel/api/client.ts';
import { EmptyState } from '../kernel/components/empty-state.tsx';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { useAddressFilters } from '../kernel/kit/list-page.tsx';
import { useToday } from '../kernel/kit/now.tsx';
import { PeriodBar, periodOf, readChoice } from '../rollup/index.ts';
import { AttentionTable } from './attention-table.tsx';
import type { ViewProps } from './inspections-page.tsx';
import { PushDialog } from './push-dialog.tsx';
import { useUnitOptions } from './use-units.ts';

/** From how many disputes in the period on a merchant is proposed (assumption). */
const USUAL_LEAST = 3;

export type Repeat = { merchantId: string; name: string; count: number };

/** Merchants with repeated disputes: found in the figures, given to a unit, acted upon, evaluated. */
export function AttentionView({ frame }: ViewProps) {
  const { t } = useTranslation('inspections');
  const queries = useQueryClient();
  const today = useToday();
  const leastId = useId();
  const { text, set } = useAddressFilters();
  const units = useUnitOptions(true);
  const [least, setLeast] = useState(USUAL_LEAST);
  const [chosen, setChosen] = useState<string[]>([]);
  const [pushing, setPushing] = useState(false);
  const choice = readChoice(text('period') ?? 'this-quarter');
  const period =
    choice === 'custom' ? { from: text('from') ?? today, to: text('to') ?? today } : periodOf(choice, today);
  const unitPath = text('unit') ?? units[0]?.value;
  const figures = useQuery({
    queryKey: ['rollup', 'get', unitPath, period.from, period.to, 'attention'],
    queryFn: () => api.rollup.get({ path: unitPath ?? '', ...period }),
    enabled: unitPath !== undefined && period.from <= period.to,
    retry: false,
  });
  const lists = useQuery({
    queryKey: ['inspections', 'attention'],
    queryFn: () => api.inspections.attention(),
  });
  const repeats = (figures.data?.view.byMerchant ?? [])
    .map(({ merchantId, name, totals }): Repeat => ({
      merchantId,
      name: name ?? merchantId,
      count: totals.registered,
    }))
    .filter(({ count }) => count >= least);
  const picked = repeats.filter(({ merchantId }) => chosen.includes(merchantId));
  return frame({
    primary:
      units.length > 0 ? (
        <Button type="primary" disabled={picked.length === 0} onClick={() => setPushing(true)}>
          {t('attention.push')}
        </Button>
      ) : undefined,
    children: (
      <div className="heshi-inspection">
        {units.length === 0 ? null : (
          <Card size="small" title={<h2>{t('attention.found')}</h2>}>
            <p>{t('attention.foundText')}</p>
            <Form layout="vertical" component={false}>
              <div className="heshi-row heshi-below-s">
                <Select<string>
                  aria-label={t('unit')}
                  className="heshi-choice-l"
                  value={unitPath ?? null}
                  onChange={(path) => {
                    setChosen([]);
                    set('unit', path);
                  }}
                  showSearch={{ optionFilterProp: 'label' }}
                  options={units}
                />
                <PeriodBar
                  choice={choice}
                  period={period}
                  onChange={(next, days) => {
                    set('period', next);
                    if (next === 'custom') {
                      set('from', (days ?? period).from);
                      set('to', (days ?? period).to);
                    }
                  }}
                />
                <label htmlFor={leastId}>{t('attention.least')}</label>
                <InputNumber
                  id={leastId}
                  min={1}
                  max={100}
                  value={least}
                  onChange={(value) => setLeast(value ?? USUAL_LEAST)}
                />
              </div>
            </Form>
            {figures.error ? <ErrorNotice error={figures.error} kept={false} /> : null}
            <Table<Repeat>
              aria-label={t('attention.found')}
              size="small"
              rowKey="merchantId"
              loading={figures.isLoading}
              dataSource={repeats}
              pagination={false}
              locale={{ emptyText: <EmptyState title={t('attention.foundNone', { least })} /> }}
              rowSelection={{
                selectedRowKeys: chosen,
                onChange: (keys) => setChosen(keys.map(String)),
                getCheckboxProps: (one) => ({ 'aria-label': t('attention.chooseOne', { name: one.name }) }),
              }}
              columns={[
                {
                  key: 'name',
                  title: t('column.merchant'),
                  render: (_, one) => <Link to={`/merchants/${one.merchantId}`}>{one.name}</Link>,
                },
                { key: 'count', title: t('column.disputes'), align: 'end', dataIndex: 'count' },
              ]}
            />
          </Card>
        )}
        <Card size="small" title={<h2>{t('attention.lists')}</h2>}>
          {lists.error ? <ErrorNotice error={lists.error} kept={false} /> : null}
          {lists.data?.length === 0 ? (
            <EmptyState title={t('attention.none')} text={t('attention.noneText')} />
          ) : (
            <AttentionTable lists={lists.data ?? []} pending={lists.isPending} />
          )}
        </Card>
        {pushing && unitPath !== undefined ? (
          <PushDialog
            ownerPath={unitPath}
            period={period}
            least={least}
            merchants={picked}
            onClose={() => setPushing(false)}
            onPushed={() => {
              setChosen([]);
              void queries.invalidateQueries({ queryKey: ['inspections', 'attention'] });
            }}
          />
        ) : null}
      </div>
    ),
  });
}
