import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Card, Form, Input, Select, Skeleton, Table } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import type { DrawSummary, Preview } from '../../contract/workstation/inspection.ts';
import { api } from '../kernel/api/client.ts';
import { useSession } from '../kernel/app/session.ts';
import { EmptyState } from '../kernel/components/empty-state.tsx';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { StatusTag, type Tone } from '../kernel/components/status-tag.tsx';
import { useAddressFilters } from '../kernel/kit/list-page.tsx';
import type { ViewProps } from './inspections-page.tsx';
import { useUnitOptions } from './use-units.ts';
import { toneOfClass, useInspectionWords } from './words.ts';

/** Six figures that nobody chose. */
function newSeed(): string {
  const [drawn = 0] = crypto.getRandomValues(new Uint32Array(1));
  return String(drawn % 1_000_000).padStart(6, '0');
}

const TONES: Record<DrawSummary['status'], Tone> = {
  prepared: 'warning',
  made: 'good',
  abandoned: 'neutral',
};

/** From what would be drawn how many, and the draws that were made. */
export function DrawsView({ frame }: ViewProps) {
  const { t } = useTranslation('inspections');
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { staff } = useSession();
  const { text, set } = useAddressFilters();
  const unitPath = text('unit') ?? staff.unit.path;
  const units = useUnitOptions();
  const seedId = useId();
  const [seed, setSeed] = useState(newSeed);
  const [drawId] = useState(() => crypto.randomUUID());
  const preview = useQuery({
    queryKey: ['inspections', 'preview', unitPath],
    queryFn: () => api.inspections.preview({ unitPath }),
    retry: false,
  });
  const draws = useQuery({ queryKey: ['inspections', 'draws'], queryFn: () => api.inspections.draws() });
  const prepare = useMutation({
    mutationFn: () => api.inspections.prepare({ drawId, unitPath, drawerSeed: seed.trim() }),
    onSuccess: (detail) => {
      void queries.invalidateQueries({ queryKey: ['inspections'] });
      void navigate(`/inspections/draws/${detail.summary.id}`);
    },
  });
  return frame({
    primary: (
      <Button
        type="primary"
        loading={prepare.isPending}
        disabled={preview.data === undefined}
        onClick={() => prepare.mutate()}
      >
        {t('draw.prepare')}
      </Button>
    ),
    children: (
      <div className="heshi-inspection">
        {prepare.error ? <ErrorNotice error={prepare.error} kept={false} /> : null}
        <Card size="small" title={<h2>{t('draw.new')}</h2>}>
          <p>{t('draw.newText')}</p>
          <Form layout="vertical" component={false}>
            <div className="heshi-row heshi-below-s">
              <Form.Item label={t('unit')} className="heshi-flush">
                <Select<string>
                  aria-label={t('unit')}
                  className="heshi-choice-l"
                  value={unitPath}
                  onChange={(path) => set('unit', path)}
                  showSearch={{ optionFilterProp: 'label' }}
                  options={units}
                />
              </Form.Item>
              <Form.Item label={t('draw.drawerSeed')} htmlFor={seedId} className="heshi-flush">
                <Input
                  id={seedId}
                  value={seed}
                  maxLength={40}
                  className="heshi-choice"
                  onChange={(event) => setSeed(event.target.value)}
                />
              </Form.Item>
            </div>
          </Form>
          {preview.error ? <ErrorNotice error={preview.error} kept={false} /> : null}
          {preview.isPending ? <Skeleton active /> : null}
          {preview.data ? <PreviewTable preview={preview.data} /> : null}
        </Card>
        <Card size="small" title={<h2>{t('draw.list')}</h2>}>
          {draws.error ? <ErrorNotice error={draws.error} kept={false} /> : null}
          {draws.data?.length === 0 ? (
            <EmptyState title={t('draw.none')} text={t('draw.noneText')} />
          ) : (
            <Table<DrawSummary>
              aria-label={t('draw.list')}
              size="small"
              rowKey="id"
              loading={draws.isPending}
              dataSource={draws.data ?? []}
              pagination={{ pageSize: 20, hideOnSinglePage: true }}
              columns={[
                {
                  key: 'day',
                  title: t('column.day'),
                  className: 'heshi-nowrap',
                  render: (_, one) => (
                    <Link to={`/inspections/draws/${one.id}`}>
                      {one.day} {one.unitName}
                    </Link>
                  ),
                },
                {
                  key: 'status',
                  title: t('column.status'),
                  render: (_, { status }) => (
                    <StatusTag tone={TONES[status]}>{t(`draw.status.${status}`)}</StatusTag>
                  ),
                },
                { key: 'drawer', title: t('column.drawer'), dataIndex: 'preparedBy' },
                { key: 'witness', title: t('column.witness'), render: (_, { witness }) => witness ?? '—' },
                { key: 'candidates', title: t('column.candidates'), align: 'end', dataIndex: 'candidates' },
                { key: 'drawn', title: t('column.drawn'), align: 'end', dataIndex: 'drawn' },
                { key: 'done', title: t('column.done'), align: 'end', dataIndex: 'done' },
              ]}
            />
          )}
        </Card>
      </div>
    ),
  });
}

function PreviewTable({ preview }: { preview: Preview }) {
  const { t } = useTranslation('inspections');
  const words = useInspectionWords();
  const expected = (perMille: number, candidates: number): string =>
    new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 }).format((perMille * candidates) / 1000);
  return (
    <>
      <Table
        aria-label={t('draw.preview')}
        size="small"
        rowKey="class"
        dataSource={preview.classes}
        pagination={false}
        columns={[
          {
            key: 'class',
            title: t('column.class'),
            render: (_, one) => (
              <StatusTag tone={toneOfClass(one.class)}>{words.className(one.class)}</StatusTag>
            ),
          },
          { key: 'manner', title: t('column.manner'), render: (_, one) => t(`manner.${one.manner}`) },
          {
            key: 'share',
            title: t('column.share'),
            align: 'end',
            render: (_, one) => words.share(one.perMille),
          },
          { key: 'candidates', title: t('column.candidates'), align: 'end', dataIndex: 'candidates' },
          {
            key: 'expected',
            title: t('column.expected'),
            align: 'end',
            render: (_, one) => expected(one.perMille, one.candidates),
          },
        ]}
      />
      <p className="heshi-hint">{t('draw.previewText', { version: preview.planVersion })}</p>
    </>
  );
}
