import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Card, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DrawSample, Sample } from '../../contract/workstation/supervision.ts';
import { api } from '../kernel/api/client.ts';
import { shiftDay } from '../../domain/kernel/calendar/index.ts';
import { EmptyState } from '../kernel/components/empty-state.tsx';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { DrawForm, newSeed, type DrawValues } from './draw-form.tsx';
import type { ViewProps } from './supervision-page.tsx';
import { SampleCases } from './sample-cases.tsx';

/** So many days back a sample reaches unless another period is chosen. */
const USUAL_DAYS = 30;

/** Closed cases drawn by lot, and the list of those still to be looked at. */
export function ReviewView({ address, frame, onError }: ViewProps) {
  const { t } = useTranslation('supervision');
  const queries = useQueryClient();
  const [drawing, setDrawing] = useState(false);
  const [values, setValues] = useState<DrawValues>(() => ({
    period: { from: shiftDay(address.today, 1 - USUAL_DAYS), to: address.today },
    count: 10,
    seed: newSeed(),
  }));
  // Kept until the draw has been answered, so that a repeated click draws once.
  const [sampleId, setSampleId] = useState(() => crypto.randomUUID());
  const path = address.get('path');
  const samples = useQuery({
    queryKey: ['supervision', 'samples'],
    queryFn: () => api.supervision.samples(),
  });
  const chosen = address.get('sample') ?? samples.data?.[0]?.id;
  const view = useQuery({
    queryKey: ['supervision', 'sample', chosen],
    queryFn: () => api.supervision.sample({ id: chosen ?? '' }),
    enabled: chosen !== undefined,
  });

  const draw = async (): Promise<void> => {
    setDrawing(true);
    onError(null);
    const input: DrawSample = { sampleId, ...values, ...(path === undefined ? {} : { path }) };
    try {
      const drawn = await api.supervision.draw(input);
      setSampleId(crypto.randomUUID());
      address.set({ sample: drawn.sample.id });
      await queries.invalidateQueries({ queryKey: ['supervision'] });
    } catch (failure) {
      onError(failure);
    } finally {
      setDrawing(false);
    }
  };

  return frame({
    primary: (
      <Button
        type="primary"
        loading={drawing}
        disabled={values.period.from > values.period.to || values.seed.trim() === ''}
        onClick={() => void draw()}
      >
        {t('review.draw')}
      </Button>
    ),
    children: (
      <div className="heshi-sampling">
        <div className="heshi-plain-list">
          <Card size="small" title={t('review.label')}>
            <DrawForm
              values={values}
              path={path}
              onChange={(next) => {
                setValues(next);
                // Another draw, and no repetition of one whose answer was lost.
                setSampleId(crypto.randomUUID());
              }}
              onPath={(value) => address.set({ path: value })}
            />
          </Card>
          <Card size="small" title={t('review.samples')}>
            {samples.error && !samples.data ? <ErrorNotice error={samples.error} kept={false} /> : null}
            {samples.isLoading ? <Skeleton active /> : null}
            {samples.data?.length === 0 ? (
              <EmptyState title={t('review.none')} text={t('review.noneText')} />
            ) : null}
            <ul aria-label={t('review.samples')}>
              {samples.data?.map((one) => (
                <li key={one.id}>
                  <SampleButton
                    sample={one}
                    pressed={one.id === chosen}
                    onChoose={() => address.set({ sample: one.id })}
                  />
                </li>
              ))}
            </ul>
            <p className="heshi-hint">{t('review.drawnHere')}</p>
          </Card>
        </div>
        <div>
          {view.error && !view.data ? <ErrorNotice error={view.error} kept={false} /> : null}
          {view.data ? <SampleCases view={view.data} /> : null}
        </div>
      </div>
    ),
  });
}

function SampleButton({
  sample,
  pressed,
  onChoose,
}: {
  sample: Sample;
  pressed: boolean;
  onChoose: () => void;
}) {
  const { t } = useTranslation('supervision');
  const { unitName, period, drawn, reviewed } = sample;
  return (
    <button type="button" className="heshi-sample" aria-pressed={pressed} onClick={onChoose}>
      <strong>{unitName}</strong> {period.from} – {period.to}
      <div className="heshi-hint">
        {t('review.drawn', sample)} ·{' '}
        {reviewed === drawn ? t('review.done') : t('review.progress', { reviewed, drawn })}
      </div>
    </button>
  );
}
