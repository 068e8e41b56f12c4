import { Card, InputNumber, Select, Table } from 'antd';
import { type Control, type FieldPath, useController } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { type CreditPolicy, type CheckedPolicy, mostOf } from '../../../domain/credit/index.ts';
import { NumberField, TextField } from '../../kernel/components/field.tsx';
import { DayField } from '../../kernel/components/typed-field.tsx';
import { useCreditWords } from '../words.ts';
import { useFieldWords } from './field-words.ts';

type Props = { control: Control<CreditPolicy>; values: CreditPolicy; faults: CheckedPolicy['faults'] };
type Path = FieldPath<CreditPolicy>;

/** What of a policy is set by whoever answers for it: its day, bands, weights, caps, floors and least evidence. */
export function PolicyFields(props: Props) {
  const { t } = useTranslation('credit');
  const { control } = props;
  const number = { control, required: true, min: 0, max: 10_000 } as const;
  return (
    <div className="heshi-policy">
      <Card size="small" title={<h2>{t('policyPage.about')}</h2>}>
        <div className="heshi-grid">
          <DayField
            control={control}
            name="effectiveFrom"
            label={t('policyField.effectiveFrom')}
            lean="future"
            required
          />
          <TextField control={control} name="name.zh" label={t('policyField.name_zh')} required />
          <TextField control={control} name="name.en" label={t('policyField.name_en')} required />
          <NumberField {...number} name="leastMatters" label={t('policyField.leastMatters')} />
          <NumberField {...number} name="categoryWeight" label={t('policyField.categoryWeight')} />
          <NumberField {...number} name="overrideDays" label={t('policyField.overrideDays')} />
        </div>
      </Card>
      <Card size="small" title={<h2>{t('policyPage.bands')}</h2>}>
        <div className="heshi-grid">
          <NumberField {...number} name="scale.base" label={t('policyField.scale_base')} />
          <NumberField {...number} name="scale.highest" label={t('policyField.scale_highest')} />
        </div>
        <Bands {...props} />
      </Card>
      <Card size="small" title={<h2>{t('policyPage.rates')}</h2>}>
        <p className="heshi-flush-top">{t('policyPage.ratesText')}</p>
        <Rates {...props} />
        <div className="heshi-grid">
          <NumberField {...number} name="rateTotals.up" label={t('policyField.rateTotals_up')} />
          <NumberField {...number} name="rateTotals.down" label={t('policyField.rateTotals_down')} />
        </div>
      </Card>
      <Card size="small" title={<h2>{t('policyPage.events')}</h2>}>
        <Events {...props} />
      </Card>
      <Card size="small" title={<h2>{t('policyPage.caps')}</h2>}>
        <Caps {...props} />
      </Card>
      <Card size="small" title={<h2>{t('policyPage.objection')}</h2>}>
        <div className="heshi-grid">
          {(['file', 'fileApproved', 'decide', 'decideApproved'] as const).map((name) => (
            <NumberField
              key={name}
              {...number}
              name={`objection.${name}`}
              label={t(`policyField.objection_${name}`)}
            />
          ))}
        </div>
      </Card>
    </div>
  );
}

/** A number in a table: its row and column name it, and what is wrong with it is marked. */
function Cell({ control, values, faults, path }: Props & { path: Path }) {
  const nameOf = useFieldWords(values);
  const {
    field: { ref, value, onChange, onBlur },
  } = useController({ control, name: path });
  const wrong = faults.some((fault) => fault.field === path);
  return (
    <InputNumber
      ref={ref}
      aria-label={nameOf(path)}
      aria-invalid={wrong}
      status={wrong ? 'error' : ''}
      min={0}
      max={10_000}
      precision={0}
      value={typeof value === 'number' ? value : null}
      onChange={onChange}
      onBlur={onBlur}
      className="heshi-wide"
    />
  );
}

/** A table of numbers: a row for each entry of a list of the policy. */
function Numbers({
  list,
  columns,
  label,
  first,
  nameOf,
  more,
  ...props
}: Props & {
  list: 'rates' | 'events' | 'scale.grades';
  columns: readonly string[];
  label: string;
  first: string;
  nameOf: (place: number) => string;
  more?: { title: string; of: (place: number) => number };
}) {
  const { t } = useTranslation('credit');
  const rows = list === 'scale.grades' ? props.values.scale.grades : props.values[list];
  return (
    <div role="region" aria-label={label} tabIndex={0} className="heshi-policy-table">
      <Table<{ place: number }>
        size="small"
        pagination={false}
        rowKey="place"
        aria-label={label}
        dataSource={rows.map((_, place) => ({ place }))}
        columns={[
          { key: 'name', title: first, render: (_, { place }) => nameOf(place) },
          ...columns.map((column) => ({
            key: column,
            title: t(`policyField.${column as 'up'}`),
            render: (_: unknown, { place }: { place: number }) => (
              <Cell {...props} path={`${list}.${place}.${column}` as Path} />
            ),
          })),
          ...(more
            ? [
                {
                  key: 'more',
                  title: more.title,
                  align: 'right' as const,
                  render: (_: unknown, { place }: { place: number }) => more.of(place),
                },
              ]
            : []),
        ]}
      />
    </div>
  );
}

function Bands(props: Props) {
  const { t } = useTranslation('credit');
  const words = useCreditWords();
  return (
    <Numbers
      {...props}
      list="scale.grades"
      columns={['from', 'to']}
      label={t('policyPage.bands')}
      first={t('list.grade')}
      nameOf={(place) => words.grade(props.values.scale.grades[place]?.code ?? '')}
    />
  );
}

function Rates(props: Props) {
  const { t } = useTranslation('credit');
  const words = useCreditWords();
  return (
    <Numbers
      {...props}
      list="rates"
      columns={['up', 'down', 'expected', 'weight', 'windowMonths']}
      label={t('policyPage.rates')}
      first={t('lines.item')}
      nameOf={(place) => words.indicator(props.values.rates[place]?.indicator ?? '')}
    />
  );
}

function Events(props: Props) {
  const { t } = useTranslation('credit');
  const words = useCreditWords();
  return (
    <Numbers
      {...props}
      list="events"
      columns={['points', 'capPerYear', 'decayMonths']}
      label={t('policyPage.events')}
      first={t('lines.item')}
      nameOf={(place) => words.indicator(props.values.events[place]?.indicator ?? '')}
      more={{
        title: t('policyPage.most'),
        of: (place) => {
          const rule = props.values.events[place];
          return rule ? mostOf(rule) : 0;
        },
      }}
    />
  );
}

/** The best grade that each list allows. */
function Caps({ control, values, faults }: Props) {
  const { t } = useTranslation('credit');
  const words = useCreditWords();
  return (
    <ul className="heshi-policy-caps">
      {values.caps.map(({ listing }, place) => (
        <li key={listing}>
          <span>{words.indicator(`listing-${listing}`)}</span>
          <Cap control={control} values={values} faults={faults} place={place} />
          <span>{t('policyPage.atBest')}</span>
        </li>
      ))}
    </ul>
  );
}

function Cap({ control, values, faults, place }: Props & { place: number }) {
  const words = useCreditWords();
  const nameOf = useFieldWords(values);
  const path = `caps.${place}.grade` as const;
  const {
    field: { ref, value, onChange, onBlur },
  } = useController({ control, name: path });
  return (
    <Select<string>
      ref={ref}
      aria-label={nameOf(path)}
      status={faults.some((fault) => fault.field === path) ? 'error' : ''}
      className="heshi-choice"
      value={value}
      onChange={onChange}
      onBlur={onBlur}
      options={values.scale.grades.map(({ code }) => ({ value: code, label: words.grade(code) }))}
    />
  );
}
