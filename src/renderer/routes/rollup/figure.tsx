import { ArrowDownOutlined, ArrowUpOutlined, MinusOutlined } from '@ant-design/icons';
import { Card, theme, Tooltip } from 'antd';
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
  const { token } = theme.useToken();
  if (trend === null) return <span style={{ color: token.colorTextTertiary }}>{t('figures.noTrend')}</span>;
  const Arrow = arrows[trend.direction];
  const word =
    trend.direction === 'same'
      ? t('figures.same')
      : trend.good === null
        ? t(trend.direction === 'up' ? 'figures.more' : 'figures.fewer')
        : t(trend.good ? 'figures.better' : 'figures.worse');
  const color =
    trend.direction === 'same' || trend.good === null
      ? token.colorTextSecondary
      : trend.good
        ? token.colorSuccessText
        : token.colorErrorText;
  return (
    <Tooltip title={hint}>
      <span style={{ color, whiteSpace: 'nowrap' }}>
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
  const { token } = theme.useToken();
  return (
    <Card size="small" styles={{ body: { padding: 0 } }}>
      <button
        type="button"
        className="heshi-figure"
        onClick={onOpen}
        title={t('figures.open', { what: name })}
        style={{
          display: 'block',
          width: '100%',
          padding: '10px 14px 12px',
          border: 0,
          background: 'transparent',
          color: token.colorText,
          font: 'inherit',
          textAlign: 'start',
          cursor: 'pointer',
        }}
      >
        <span style={{ color: token.colorTextSecondary }}>{name}</span>
        <span
          style={{
            display: 'block',
            fontSize: 30,
            lineHeight: 1.25,
            fontWeight: 600,
            fontVariantNumeric: 'tabular-nums',
          }}
        >
          {value}
          {unit ? (
            <small style={{ fontSize: 15, fontWeight: 400, marginInlineStart: 4 }}>{unit}</small>
          ) : null}
        </span>
        <span style={{ display: 'flex', gap: '0 10px', flexWrap: 'wrap' }}>
          <TrendMark trend={trend} hint={hint} />
          {before === null ? null : <span style={{ color: token.colorTextTertiary }}>{before}</span>}
        </span>
        <span style={{ display: 'block', color: token.colorTextSecondary, marginTop: 2 }}>{detail}</span>
      </button>
    </Card>
  );
}
