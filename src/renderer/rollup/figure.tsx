import { ArrowDownOutlined, ArrowUpOutlined, MinusOutlined } from '@ant-design/icons';
import { Card, Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';

export type Trend = {
  direction: 'up' | 'down' | 'same';
  /** Whether that direction is good news; null where it is neither, such as more registrations. */
  good: boolean | null;
  /** The change in words, without its sign: `3`, `4.2 points`. */
  amount: string;
};

const arrows = { up: ArrowUpOutlined, down: ArrowDownOutlined, same: MinusOutlined };

/** A trend as arrow, colour and word together. */
export function TrendMark({ trend, hint }: { trend: Trend | null; hint: string }) {
  const { t } = useTranslation('rollup');
  if (trend === null) return <span className="heshi-faint">{t('figures.noTrend')}</span>;
  const Arrow = arrows[trend.direction];
  const word =
    trend.direction === 'same'
      ? t('figures.same')
      : trend.good === null
        ? t(trend.direction === 'up' ? 'figures.more' : 'figures.fewer')
        : t(trend.good ? 'figures.better' : 'figures.worse');
  const tone =
    trend.direction === 'same' || trend.good === null
      ? 'heshi-muted'
      : trend.good
        ? 'heshi-good'
        : 'heshi-error';
  return (
    <Tooltip title={hint}>
      <span className={`heshi-nowrap ${tone}`}>
        <Arrow aria-hidden /> {trend.direction === 'same' ? null : `${trend.amount} `}
        {word}
      </span>
    </Tooltip>
  );
}

/** One large figure: a button that opens what it is made of, with its trend and what stands behind it. */
export function Figure({
  name,
  value,
  unit,
  detail,
  trend,
  before,
  hint,
  onOpen,
}: {
  name: string;
  value: string;
  unit?: string;
  detail: string;
  trend: Trend | null;
  before: string | null;
  hint: string;
  onOpen: () => void;
}) {
  const { t } = useTranslation('rollup');
  return (
    <Card size="small" styles={{ body: { padding: 0 } }}>
      <button
        type="button"
        className="heshi-figure"
        onClick={onOpen}
        title={t('figures.open', { what: name })}
      >
        <span className="heshi-muted">{name}</span>
        <span className="heshi-figure-value">
          {value}
          {unit ? <small className="heshi-figure-unit">{unit}</small> : null}
        </span>
        <span className="heshi-figure-changes">
          <TrendMark trend={trend} hint={hint} />
          {before === null ? null : <span className="heshi-faint">{before}</span>}
        </span>
        <span className="heshi-figure-note">{detail}</span>
      </button>
    </Card>
  );
}
