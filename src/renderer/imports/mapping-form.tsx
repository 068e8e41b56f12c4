import { Button, Card, Select, Table } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { HistoricalOutcome, ObjectCategory, ProblemCategory, Satisfaction } from '../../domain/case/index.ts';
import { useSession } from '../kernel/app/session.ts';
import { useDataWords } from '../kernel/kit/data-words.ts';
import {
  IMPORT_NEEDS,
  ImportKind,
  ImportMapping,
  type ImportPreview,
} from '../../contract/workstation/imports.ts';

const CODES = {
  outcome: HistoricalOutcome.options,
  satisfaction: Satisfaction.options,
  object: ObjectCategory.options,
  problem: ProblemCategory.options,
} as const satisfies Record<keyof ImportMapping['values'], readonly string[]>;
type ValueField = keyof typeof CODES;

const isValueField = (text: string): text is ValueField => text in CODES;
const DATE_ORDERS = ImportMapping.shape.dateOrder.unwrap().options;

type Word = { field: ValueField; word: string; count: number | null; code: string | undefined };

/** The words still without a meaning, and those that have one under this mapping. */
function wordsOf(preview: ImportPreview, mapping: ImportMapping): { open: Word[]; known: Word[] } {
  const open = preview.unmapped.flatMap(({ field, word, count }): Word[] =>
    isValueField(field) ? [{ field, word, count, code: mapping.values[field][word] }] : [],
  );
  const asked = new Set(open.map(({ field, word }) => `${field} ${word}`));
  const known = Object.keys(CODES)
    .filter(isValueField)
    .flatMap((field) =>
      Object.entries(mapping.values[field])
        .filter(([word]) => !asked.has(`${field} ${word}`))
        .map(([word, code]): Word => ({ field, word, count: null, code })),
    );
  return { open, known };
}

/** Which column feeds which field, what the words mean, and how dates read. */
export function MappingForm({
  preview,
  judging,
  onJudge,
  onChanged,
}: {
  preview: ImportPreview;
  judging: boolean;
  onJudge: (mapping: ImportMapping) => void;
  onChanged: (changed: boolean) => void;
}) {
  const { t } = useTranslation('imports');
  const say = useDataWords();
  const { staff } = useSession();
  const [mapping, setMapping] = useState(preview.mapping);
  // What the file was taken for is named, even where the person may not bring in such a file.
  const kinds = ImportKind.options.filter(
    (kind) => kind === mapping.kind || staff.capabilities.includes(IMPORT_NEEDS[kind]),
  );
  const change = (next: ImportMapping): void => {
    setMapping(next);
    onChanged(JSON.stringify(next) !== JSON.stringify(preview.mapping));
  };
  const changed = JSON.stringify(mapping) !== JSON.stringify(preview.mapping);
  const { open, known } = wordsOf(preview, mapping);
  const fieldName = (name: string): string => t(`field.${name}`, { defaultValue: name });
  const missing = preview.targetFields.filter(
    (field) => field.required && (mapping.columns[field.name] ?? null) === null,
  );
  const columns = [
    { value: -1, label: t('mapping.none') },
    ...preview.headers.map((header, index) => ({
      value: index,
      label:
        header.trim() === ''
          ? t('mapping.columnNumber', { number: index + 1 })
          : // Two columns may have one header: then their places tell them apart.
            preview.headers.some((other, place) => place !== index && other === header)
            ? t('mapping.columnTwice', { header, number: index + 1 })
            : header,
    })),
  ];
  const example = (index: number | null | undefined): string =>
    index === null || index === undefined
      ? ''
      : (preview.sample.map((row) => row.cells[index]?.trim() ?? '').find((cell) => cell !== '') ?? '');

  const words = (rows: Word[], label: string) => (
    <Table<Word>
      aria-label={label}
      size="small"
      rowKey={({ field, word }) => `${field} ${word}`}
      dataSource={rows}
      pagination={false}
      columns={[
        { title: t('mapping.field'), render: (_, { field }) => t(`valueField.${field}`), width: 130 },
        { title: t('mapping.word'), dataIndex: 'word' },
        { title: t('mapping.times'), align: 'end', width: 80, render: (_, { count }) => count ?? '' },
        {
          title: t('mapping.meaning'),
          width: 220,
          render: (_, { field, word, code }) => (
            <Select<string>
              aria-label={`${word} · ${t('mapping.meaning')}`}
              allowClear
              showSearch={{ optionFilterProp: 'label' }}
              placeholder={t('mapping.chooseMeaning')}
              className="heshi-wide"
              value={code ?? null}
              onChange={(next: string | undefined) => {
                const given = { ...mapping.values[field], [word]: next };
                if (next === undefined) delete given[word];
                const parsed = ImportMapping.safeParse({
                  ...mapping,
                  values: { ...mapping.values, [field]: given },
                });
                if (parsed.success) change(parsed.data);
              }}
              options={CODES[field].map((value) => ({ value, label: say(`cases:${field}.${value}`) }))}
            />
          ),
        },
      ]}
    />
  );

  return (
    <Card
      size="small"
      title={<h2>{t('mapping.title')}</h2>}
      extra={
        <Button loading={judging} disabled={!changed || missing.length > 0} onClick={() => onJudge(mapping)}>
          {t('mapping.apply')}
        </Button>
      }
    >
      <div className="heshi-filters heshi-below-s">
        <label htmlFor="import-kind">{t('mapping.kind')}</label>
        <Select<ImportKind>
          id="import-kind"
          value={mapping.kind}
          className="heshi-choice"
          // Another kind has other fields: the headers are matched to them again.
          onChange={(kind) => onJudge({ ...mapping, kind, columns: {} })}
          options={kinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
        />
        <label htmlFor="import-dates">{t('mapping.dateOrder')}</label>
        <Select<ImportMapping['dateOrder']>
          id="import-dates"
          value={mapping.dateOrder}
          className="heshi-choice"
          onChange={(dateOrder) => change({ ...mapping, dateOrder })}
          options={DATE_ORDERS.map((value) => ({ value, label: t(`dateOrder.${value}`) }))}
        />
        {missing.length > 0 ? (
          <span role="alert" className="heshi-error">
            {t('mapping.requiredMissing', {
              fields: missing.map(({ name }) => fieldName(name)).join(t('comma')),
            })}
          </span>
        ) : null}
      </div>
      <div className="heshi-import-columns">
        {preview.targetFields.map(({ name, required }) => {
          const column = mapping.columns[name] ?? null;
          return (
            <div key={name} className="heshi-import-column">
              <label htmlFor={`import-column-${name}`}>
                {fieldName(name)}
                {required ? <span className="heshi-error"> {t('mapping.required')}</span> : null}
              </label>
              <Select<number>
                id={`import-column-${name}`}
                aria-label={`${fieldName(name)} · ${t('mapping.column')}`}
                value={column ?? -1}
                status={required && column === null ? 'error' : ''}
                showSearch={{ optionFilterProp: 'label' }}
                onChange={(index) =>
                  change({ ...mapping, columns: { ...mapping.columns, [name]: index === -1 ? null : index } })
                }
                options={columns}
                className="heshi-wide"
              />
              <small className="heshi-import-example heshi-muted">{example(column)}</small>
            </div>
          );
        })}
      </div>
      {open.length > 0 ? (
        <>
          <h2 className="heshi-section-title heshi-close">{t('mapping.valuesTitle')}</h2>
          <p className="heshi-flush-top heshi-below-s">{t('mapping.valuesText')}</p>
          {words(open, t('mapping.valuesTitle'))}
        </>
      ) : null}
      {known.length > 0 ? (
        <details className="heshi-above-m">
          <summary>{t('mapping.valuesKnown')}</summary>
          {words(known, t('mapping.valuesKnown'))}
        </details>
      ) : null}
    </Card>
  );
}
