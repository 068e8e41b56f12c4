import { CheckCircleOutlined, WarningOutlined } from '@ant-design/icons';
import { Button, Table, type TableColumnsType, Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import type { DepartmentRow, FiguresView } from '../../contract/centre/figures.ts';
import { settingsOn } from '../../domain/restoration/index.ts';
import {
  departmentsReconcile,
  drilledFigure,
  type OfficeDrill,
  type OfficeFigures,
  officeRates,
} from '../../domain/rollup/index.ts';
import { useWords } from '../rollup/index.ts';
import type chinese from './locales/zh-CN.ts';

/** A figure of one department, or of all of them, that is looked into. */
export type Looked = {
  office: string | null;
  name: string;
  figure: OfficeDrill;
  title: string;
  counted: number;
};

type Name = keyof (typeof chinese)['short'];
type Group = 'opinions' | 'window' | 'now';
/** One column: what it is of a line, and what is listed when it is opened; a rate is sorted by its value and opens nothing. */
type Column = { name: Name; group: Group; value: (figures: OfficeFigures) => number | null } & (
  | { as: 'count'; figure: OfficeDrill }
  | { as: 'share' | 'days' | 'minutes' }
);

const counted = (name: Name, group: Group, figure: OfficeDrill): Column => ({
  name,
  group,
  as: 'count',
  figure,
  value: (figures) => drilledFigure(figures, figure),
});

const COLUMNS: readonly Column[] = [
  counted('asks', 'opinions', 'asks'),
  counted('opinions', 'opinions', 'opinions'),
  { name: 'answeredInTime', group: 'opinions', as: 'share', value: (of) => officeRates(of).answeredInTime },
  { name: 'opinionDays', group: 'opinions', as: 'days', value: (of) => officeRates(of).averageOpinionDays },
  counted('incomplete', 'opinions', 'opinionsIncomplete'),
  counted('refused', 'opinions', 'opinionsRefused'),
  counted('late', 'opinions', 'opinionsLate'),
  counted('accepted', 'window', 'accepted'),
  { name: 'repliedInTime', group: 'window', as: 'share', value: (of) => officeRates(of).repliedInTime },
  { name: 'medianMinutes', group: 'window', as: 'minutes', value: (of) => of.replyMinutes.median },
  { name: 'p90Minutes', group: 'window', as: 'minutes', value: (of) => of.replyMinutes.p90 },
  counted('open', 'now', 'open'),
  counted('overdue', 'now', 'overdue'),
];
const GROUPS: readonly Group[] = ['opinions', 'window', 'now'];

/** How fast each department answers, each column sorted at a click, and that all of them add up. */
export function DepartmentsTable({
  view,
  onLook,
}: {
  view: FiguresView;
  /** Opens what a figure is made of; null for who may not read applications. */
  onLook: ((looked: Looked) => void) | null;
}) {
  const { t } = useTranslation('figures');
  const words = useWords();
  const { departments, total } = view;

  const say = (column: Column, figures: OfficeFigures): string => {
    const value = column.value(figures);
    if (column.as === 'share') return words.share(value);
    if (value === null) return t('none');
    return column.as === 'days' ? words.decimal(value) : words.count(Math.round(value));
  };
  const cell = (column: Column, figures: OfficeFigures, office: string | null, name: string) => {
    const text = say(column, figures);
    const late = (column.name === 'overdue' || column.name === 'late') && (column.value(figures) ?? 0) > 0;
    if (column.as !== 'count' || onLook === null || (column.value(figures) ?? 0) === 0)
      return late ? <span className="heshi-caution">{text}</span> : text;
    const title = t(`columns.${column.name}`);
    return (
      <Button
        type="link"
        size="small"
        className="heshi-link-button"
        aria-label={t('departments.look', { department: name, figure: title, count: text })}
        onClick={() =>
          onLook({ office, name, figure: column.figure, title, counted: column.value(figures) ?? 0 })
        }
      >
        {late ? <WarningOutlined aria-hidden /> : null} {text}
      </Button>
    );
  };
  const columnsOf = (group: Group): TableColumnsType<DepartmentRow> =>
    COLUMNS.filter((one) => one.group === group).map((column) => ({
      key: column.name,
      title: t(`short.${column.name}`),
      align: 'end',
      sorter: (a, b) => (column.value(a.figures) ?? -1) - (column.value(b.figures) ?? -1),
      render: (_, row) => cell(column, row.figures, row.path, row.name),
    }));
  const columns: TableColumnsType<DepartmentRow> = [
    {
      key: 'name',
      title: t('columns.department'),
      sorter: (a, b) => a.name.localeCompare(b.name, 'zh-CN'),
      render: (_, row) => (
        <>
          {row.name} <Reported row={row} />
        </>
      ),
    },
    ...GROUPS.map((group) => ({ key: group, title: t(`groups.${group}`), children: columnsOf(group) })),
  ];
  const { opinion, opinionGsxt } = settingsOn(view.to).limits;
  const agrees = departmentsReconcile(total, departments);
  return (
    <>
      <div className="heshi-figures-scroll" tabIndex={0} role="group" aria-label={t('departments.title')}>
        <Table<DepartmentRow>
          aria-label={t('departments.label')}
          size="small"
          rowKey="path"
          columns={columns}
          dataSource={departments}
          pagination={false}
          className="heshi-figures-table"
          showSorterTooltip={false}
          sortDirections={['descend', 'ascend']}
          locale={{ emptyText: t('departments.empty') }}
          summary={() =>
            departments.length > 1 ? (
              <Table.Summary>
                <Table.Summary.Row className="heshi-sum-strong">
                  <Table.Summary.Cell index={0}>{t('departments.all')}</Table.Summary.Cell>
                  {COLUMNS.map((column, place) => (
                    <Table.Summary.Cell key={column.name} index={place + 1} align="right">
                      {cell(column, total, null, t('applications.all'))}
                    </Table.Summary.Cell>
                  ))}
                </Table.Summary.Row>
              </Table.Summary>
            ) : null
          }
        />
      </div>
      {departments.length > 1 ? (
        <p className={agrees ? 'heshi-follows heshi-muted' : 'heshi-follows heshi-error'}>
          {agrees ? <CheckCircleOutlined aria-hidden /> : <WarningOutlined aria-hidden />}{' '}
          {t(agrees ? 'departments.reconciles' : 'departments.differs')}
        </p>
      ) : null}
      <p className="heshi-follows heshi-muted">
        {t('departments.note', { days: opinion.workingDays, gsxt: opinionGsxt.workingDays })}
      </p>
    </>
  );
}

/** A sign where a department's workstations have not reported; nothing where all have, or it has none. */
function Reported({ row: { completeness } }: { row: DepartmentRow }) {
  const { t } = useTranslation('figures');
  const { reported, workstations, missing } = completeness;
  if (reported === workstations) return null;
  const hint = t('departments.notReported', { names: missing.map(({ name }) => name).join('、') });
  return (
    <Tooltip title={hint}>
      <span className="heshi-caution heshi-nowrap" role="img" aria-label={hint}>
        <WarningOutlined aria-hidden /> {reported}/{workstations}
      </span>
    </Tooltip>
  );
}
