import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Card, DatePicker, Form, InputNumber, Select, Table } from 'antd';
import dayjs from 'dayjs';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { MOST_MONTHS } from '../../domain/inspection/index.ts';
import { shiftDay } from '../../domain/kernel/calendar/index.ts';
import { api } from '../kernel/api/client.ts';
import { useSession } from '../kernel/app/session.ts';
import { EmptyState } from '../kernel/components/empty-state.tsx';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { Dialog } from '../kernel/kit/dialog.tsx';
import { useAddressFilters } from '../kernel/kit/list-page.tsx';
import { useToday } from '../kernel/kit/now.tsx';
import { CommendationLists } from './commendation-lists.tsx';
import type { ViewProps } from './inspections-page.tsx';
import { useUnitOptions } from './use-units.ts';
import { useInspectionWords } from './words.ts';

/** For how many months the highest grade is asked for unless somebody says otherwise (assumption). */
const USUAL_MONTHS = 6;

type LeftOff = { merchantId: string; reason: string };

/** The month before the one of a day. */
const monthBefore = (today: string): string => shiftDay(`${today.slice(0, 7)}-01`, -1).slice(0, 7);

/** Merchants of the highest grade for some months without a penalty, and the lists that were published. */
export function CommendationView({ frame, onError }: ViewProps) {
  const { t } = useTranslation('inspections');
  const { message } = App.useApp();
  const queries = useQueryClient();
  const { staff } = useSession();
  const words = useInspectionWords();
  const today = useToday();
  const monthsId = useId();
  const { text, set } = useAddressFilters();
  const units = useUnitOptions();
  const [months, setMonths] = useState(USUAL_MONTHS);
  const [leftOff, setLeftOff] = useState<LeftOff[]>([]);
  const [leaving, setLeaving] = useState<{ merchantId: string; name: string } | null>(null);
  const [commendationId, setCommendationId] = useState(() => crypto.randomUUID());
  const month = text('month') ?? monthBefore(today);
  const unitPath = text('unit') ?? staff.unit.path;
  const found = useQuery({
    queryKey: ['inspections', 'commendable', unitPath, month, months],
    queryFn: () => api.inspections.commendable({ unitPath, month, months }),
  });
  const publish = useMutation({
    mutationFn: () => api.inspections.commend({ commendationId, unitPath, month, months, leftOff }),
    onSuccess: () => {
      setLeftOff([]);
      setCommendationId(crypto.randomUUID());
      onError(null);
      void message.success(t('commendation.published'));
      void queries.invalidateQueries({ queryKey: ['inspections', 'commendations'] });
    },
    onError,
  });
  const merchants = found.data?.merchants ?? [];
  const off = new Map(leftOff.map((one) => [one.merchantId, one.reason]));
  const others = Object.entries(found.data?.others ?? {});
  return frame({
    primary: staff.capabilities.includes('inspection.decide') ? (
      <Button
        type="primary"
        loading={publish.isPending}
        disabled={merchants.length - off.size <= 0}
        onClick={() => publish.mutate()}
      >
        {t('commendation.publish')}
      </Button>
    ) : undefined,
    children: (
      <div className="heshi-inspection">
        <Card size="small" title={<h2>{t('commendation.who')}</h2>}>
          <Form layout="vertical" component={false}>
            <div className="heshi-row heshi-below-s">
              <Select<string>
                aria-label={t('unit')}
                className="heshi-choice-l"
                value={unitPath}
                onChange={(path) => {
                  setLeftOff([]);
                  set('unit', path);
                }}
                showSearch={{ optionFilterProp: 'label' }}
                options={units}
              />
              <DatePicker
                picker="month"
                aria-label={t('commendation.month')}
                allowClear={false}
                value={dayjs(`${month}-01`)}
                maxDate={dayjs(today)}
                onChange={(day) => set('month', day?.format('YYYY-MM'))}
              />
              <label htmlFor={monthsId}>{t('commendation.months')}</label>
              <InputNumber
                id={monthsId}
                min={1}
                max={MOST_MONTHS}
                value={months}
                onChange={(value) => setMonths(value ?? USUAL_MONTHS)}
              />
            </div>
          </Form>
          {found.error ? <ErrorNotice error={found.error} kept={false} /> : null}
          {found.data ? (
            <p>
              {t('commendation.rule', { grade: words.className(found.data.topGrade), months, month })}
              {others.length === 0
                ? null
                : `${t('commendation.others')}${others
                    .map(([why, count]) => `${t(`commendation.why.${why as 'grade'}`)} ${count}`)
                    .join(t('comma'))}`}
            </p>
          ) : null}
          <Table
            aria-label={t('commendation.who')}
            size="small"
            rowKey="merchantId"
            loading={found.isPending}
            dataSource={merchants}
            pagination={{ pageSize: 20, hideOnSinglePage: true }}
            locale={{ emptyText: <EmptyState title={t('commendation.nobody')} /> }}
            columns={[
              {
                key: 'name',
                title: t('column.merchant'),
                render: (_, one) => <Link to={`/merchants/${one.merchantId}`}>{one.name}</Link>,
              },
              { key: 'unit', title: t('column.unit'), dataIndex: 'unitName' },
              { key: 'points', title: t('column.points'), align: 'end', dataIndex: 'points' },
              {
                key: 'off',
                title: t('column.steps'),
                render: (_, one) => {
                  const reason = off.get(one.merchantId);
                  if (reason !== undefined)
                    return (
                      <span className="heshi-row">
                        {t('commendation.offBecause', { reason })}
                        <Button
                          size="small"
                          aria-label={t('commendation.backOn', { name: one.name })}
                          onClick={() =>
                            setLeftOff((all) => all.filter(({ merchantId }) => merchantId !== one.merchantId))
                          }
                        >
                          {t('commendation.back')}
                        </Button>
                      </span>
                    );
                  return (
                    <Button
                      size="small"
                      aria-label={t('commendation.leaveOffOne', { name: one.name })}
                      onClick={() => setLeaving(one)}
                    >
                      {t('commendation.leaveOff')}
                    </Button>
                  );
                },
              },
            ]}
          />
        </Card>
        <CommendationLists onError={onError} />
        {leaving ? (
          <Dialog
            title={t('commendation.leaveOff')}
            text={leaving.name}
            fields={[{ kind: 'long', name: 'reason', label: t('field.reason') }]}
            onClose={() => setLeaving(null)}
            saved={false}
            save={(values) => {
              const { merchantId } = leaving;
              setLeftOff((all) => [...all, { merchantId, reason: String(values['reason']) }]);
              return Promise.resolve();
            }}
          />
        ) : null}
      </div>
    ),
  });
}
