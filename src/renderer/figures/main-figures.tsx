import { Card } from 'antd';
import { useTranslation } from 'react-i18next';
import type { FiguresView } from '../../contract/centre/figures.ts';
import { settingsOn } from '../../domain/restoration/index.ts';
import { officeRates } from '../../domain/rollup/index.ts';
import { yuan } from '../kernel/components/money.tsx';
import { useWords } from '../rollup/index.ts';

/** The four figures that the district publishes of its credit repair. */
export function MainFigures({
  view: { to, total },
  whole,
}: {
  view: FiguresView;
  whole: NonNullable<FiguresView['whole']>;
}) {
  const { t } = useTranslation('figures');
  const words = useWords();
  const rates = officeRates(total);
  const { finance, enterprises } = whole;
  const figures = [
    [
      'averageDays',
      words.days(rates.averageDays),
      t('main.averageDaysNote', { concluded: words.count(total.counts.concluded) }),
    ],
    ['enterprises', words.count(enterprises), t('main.enterprisesNote')],
    [
      'repliedInTime',
      words.share(rates.repliedInTime),
      t('main.repliedInTimeNote', {
        minutes: settingsOn(to).limits.reply.officeMinutes,
        replies: words.count(total.counts.replies),
      }),
    ],
    [
      'drawn',
      yuan(finance.total.drawnFen),
      t('main.drawnNote', { granted: words.count(finance.total.granted) }),
    ],
  ] as const;
  return (
    <section className="heshi-stats" aria-label={t('main.label')}>
      {figures.map(([name, value, note]) => (
        <Card key={name} size="small">
          <div className="heshi-muted">{t(`main.${name}`)}</div>
          <div className="heshi-figures-value">{value}</div>
          <div className="heshi-muted">{note}</div>
        </Card>
      ))}
    </section>
  );
}
