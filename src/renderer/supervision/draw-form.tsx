import { ReloadOutlined } from '@ant-design/icons';
import { Button, Form, Input, InputNumber, Space } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Period } from '../../contract/workstation/supervision.ts';
import { DayPicker } from '../kernel/kit/day-picker.tsx';
import { UnitChoice } from './unit-choice.tsx';

export type DrawValues = { period: Period; count: number; seed: string };

/** Six figures that nobody chose. */
export function newSeed(): string {
  const [drawn = 0] = crypto.getRandomValues(new Uint32Array(1));
  return String(drawn % 1_000_000).padStart(6, '0');
}

/** What a sample is drawn from, how large, and by which seed. */
export function DrawForm({
  values,
  path,
  onChange,
  onPath,
}: {
  values: DrawValues;
  path: string | undefined;
  onChange: (values: DrawValues) => void;
  onPath: (path: string | undefined) => void;
}) {
  const { t } = useTranslation('supervision');
  const rollup = useTranslation('rollup');
  const id = useId();
  const { period, count, seed } = values;
  const picker = (which: 'from' | 'to') => (
    <DayPicker
      id={`${id}-${which}`}
      label={t(`review.${which}`)}
      value={period[which]}
      untilToday
      className="heshi-wide"
      onChange={(day) => onChange({ ...values, period: { ...period, [which]: day } })}
    />
  );
  const item = { className: 'heshi-below-s' };
  return (
    <Form layout="vertical" component={false}>
      <Form.Item label={t('unit')} {...item}>
        <UnitChoice value={path} onChange={onPath} />
      </Form.Item>
      <div className="heshi-two-fields">
        <Form.Item label={t('review.from')} htmlFor={`${id}-from`} {...item}>
          {picker('from')}
        </Form.Item>
        <Form.Item
          label={t('review.to')}
          htmlFor={`${id}-to`}
          {...item}
          {...(period.from > period.to
            ? { validateStatus: 'error' as const, help: rollup.t('period.reversed') }
            : {})}
        >
          {picker('to')}
        </Form.Item>
        <Form.Item label={t('review.count')} htmlFor={`${id}-count`} {...item}>
          <InputNumber
            id={`${id}-count`}
            min={1}
            max={200}
            value={count}
            className="heshi-wide"
            onChange={(value) => onChange({ ...values, count: value ?? 1 })}
          />
        </Form.Item>
        <Form.Item label={t('review.seed')} htmlFor={`${id}-seed`} {...item}>
          <Space.Compact block>
            <Input
              id={`${id}-seed`}
              maxLength={40}
              value={seed}
              aria-describedby={`${id}-seed-hint`}
              onChange={(event) => onChange({ ...values, seed: event.target.value })}
            />
            <Button
              icon={<ReloadOutlined />}
              aria-label={t('review.newSeed')}
              title={t('review.newSeed')}
              onClick={() => onChange({ ...values, seed: newSeed() })}
            />
          </Space.Compact>
        </Form.Item>
      </div>
      <p className="heshi-hint" id={`${id}-seed-hint`}>
        {t('review.seedHint')}
      </p>
    </Form>
  );
}
