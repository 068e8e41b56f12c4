import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Card, Descriptions, Progress, Select, Steps } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  cautionsOf,
  IMPORT_NEEDS,
  type ImportMapping,
  type ImportPreview,
} from '../../contract/workstation/imports.ts';
import { api } from '../kernel/api/client.ts';
import { useSession } from '../kernel/app/session.ts';
import { intoView } from '../kernel/components/into-view.ts';
import { EmptyState } from '../kernel/components/empty-state.tsx';
import { Page } from '../kernel/components/page.tsx';
import { FileChoice } from './file-choice.tsx';
import { FinishedImport } from './finished.tsx';
import { ImportError } from './import-error.tsx';
import {
  importRows,
  judgeAgain,
  openFile,
  readSheets,
  startAfresh,
  useImportWork,
  type ImportWork,
} from './import-work.ts';
import { MappingForm } from './mapping-form.tsx';
import { NotesTable, RefusedTable, SampleTable } from './preview-tables.tsx';
import { RosterChangesCard, useRosterChanges } from './roster-changes.tsx';
import { Sheets } from './sheets.tsx';
import { UndoImport } from './undo-import.tsx';
import './imports.css';

const NONE: ReadonlySet<number> = new Set();
const STEP = { choosing: 0, reading: 0, checking: 1, importing: 2, finished: 3 } as const;

/** Reads a roster or a register: choose, check the columns and every row, then save the good ones. */
export function ImportsPage() {
  const { t } = useTranslation('imports');
  const { staff } = useSession();
  const work = useImportWork(staff.staffId);
  if (!Object.values(IMPORT_NEEDS).some((needed) => staff.capabilities.includes(needed))) {
    return (
      <Page title={t('title')}>
        <EmptyState title={t('notAllowed.title')} text={t('notAllowed.text')} />
      </Page>
    );
  }
  const steps = (
    <Steps
      size="small"
      aria-label={t('steps.label')}
      current={STEP[work.phase]}
      items={(['choose', 'check', 'save', 'done'] as const).map((step) => ({ title: t(`steps.${step}`) }))}
    />
  );
  switch (work.phase) {
    case 'choosing':
    case 'reading':
      return (
        <Page title={t('title')}>
          <div className="heshi-imports">
            {steps}
            {work.phase === 'choosing' ? <UndoImport onUndone={startAfresh} /> : null}
            <FileChoice work={work} staffId={staff.staffId} />
          </div>
        </Page>
      );
    case 'checking':
      return <Checking work={work} steps={steps} />;
    case 'importing':
      return (
        <Page title={t('title')}>
          <div className="heshi-imports">
            {steps}
            <Card size="small" title={<h2>{`${t('commit.working')} · ${work.file.name}`}</h2>}>
              <Progress
                aria-label={t('commit.working')}
                percent={work.total === 0 ? 100 : Math.floor((work.done / work.total) * 100)}
              />
              <p role="status">{t('commit.progress', { done: work.done, total: work.total })}</p>
              <p className="heshi-flush-bottom">{t('commit.keepOpen')}</p>
            </Card>
          </div>
        </Page>
      );
    case 'finished':
      return (
        <Page
          title={t('title')}
          primary={
            <Button type="primary" onClick={startAfresh}>
              {t('done.another')}
            </Button>
          }
        >
          <div className="heshi-imports">
            {steps}
            <FinishedImport result={work.result} kind={work.preview.mapping.kind} onUndone={startAfresh} />
          </div>
        </Page>
      );
  }
}

function Checking({
  work,
  steps,
}: {
  work: Extract<ImportWork, { phase: 'checking' }>;
  steps: React.ReactNode;
}) {
  const { t } = useTranslation('imports');
  const { message } = App.useApp();
  const { staff } = useSession();
  const queries = useQueryClient();
  const { preview, file, failure, judging, interruptedAt } = work;
  const [unitPath, setUnitPath] = useState(staff.unit.path);
  const [pending, setPending] = useState(false);
  /** The verdict whose doubtful rows were asked about: of another one they are asked about again. */
  const [asked, setAsked] = useState<ImportPreview | null>(null);
  const [shown, setShown] = useState(preview.mappingFrom === 'guessed');
  const units = useQuery({ queryKey: ['merchants', 'units'], queryFn: () => api.merchants.units() });
  const showMapping = shown || preview.unmapped.length > 0 || preview.blocked.length > 0;

  const judge = async (mapping: ImportMapping): Promise<void> => {
    setShown(true);
    if (!(await judgeAgain(mapping))) return;
    setPending(false);
    void message.success(t('mapping.applied'));
  };
  const changes = useRosterChanges(preview, unitPath);
  /** Rows whose changes are not taken, of this verdict: another one counts its rows anew. */
  const [leaving, setLeaving] = useState<{ of: ImportPreview; places: ReadonlySet<number> } | null>(null);
  const left = leaving?.of === preview ? leaving.places : NONE;
  const update = changes.found.changes.flatMap(({ place }) => (left.has(place) ? [] : [place]));
  const cautions = cautionsOf(preview);
  const confirmed = asked === preview;
  const commit = async (): Promise<void> => {
    if (cautions.length > 0 && !confirmed) {
      setAsked(preview);
      return;
    }
    const result = await importRows(unitPath, { cautionsConfirmed: confirmed, update });
    if (result) void queries.invalidateQueries({ predicate: (query) => query.queryKey[0] !== 'drafts' });
  };
  return (
    <Page
      title={t('title')}
      actions={
        <>
          <Button onClick={startAfresh}>{t('choose.another')}</Button>
          <label htmlFor="import-unit">{t('commit.unit')}</label>
          <Select<string>
            id="import-unit"
            aria-label={t('commit.unit')}
            title={t('commit.unitHint')}
            className="heshi-choice-l"
            value={unitPath}
            onChange={setUnitPath}
            showSearch={{ optionFilterProp: 'label' }}
            options={(units.data ?? [staff.unit]).map((unit) => ({ value: unit.path, label: unit.name }))}
          />
        </>
      }
      primary={
        <Button
          type="primary"
          disabled={preview.accepted === 0 || pending || judging || changes.pending}
          title={preview.accepted === 0 ? t('commit.nothing') : pending ? t('mapping.pending') : ''}
          onClick={() => void commit()}
        >
          {interruptedAt === null
            ? t(confirmed ? 'commit.anyway' : 'commit.action', { accepted: preview.accepted })
            : t('commit.again')}
        </Button>
      }
    >
      <div className="heshi-imports">
        {steps}
        {failure ? (
          <>
            <ImportError error={failure.error} />
            <div className="heshi-filters">
              <span>
                {interruptedAt === null
                  ? t('choose.kept', { fileName: file.name })
                  : t('commit.interrupted', { done: interruptedAt })}
              </span>
              <Button onClick={() => void openFile(file, staff.staffId)}>{t('choose.retry')}</Button>
            </div>
          </>
        ) : null}
        {confirmed ? <Cautions cautions={cautions} /> : null}
        <Summary preview={preview} file={file} />
        <Sheets
          preview={preview}
          reading={judging}
          onChoose={(sheets) => {
            setPending(false);
            void readSheets(sheets);
          }}
        />
        {preview.blocked.length > 0 ? (
          <Alert
            type="error"
            showIcon
            role="alert"
            title={t('blocked.title', { rows: preview.rows })}
            description={preview.blocked.map((one) => one.message).join(' ')}
          />
        ) : null}
        <Alert
          type={preview.mappingFrom === 'guessed' ? 'warning' : 'info'}
          showIcon
          title={t(`mappingFrom.${preview.mappingFrom}`)}
          action={
            showMapping ? null : (
              <Button size="small" onClick={() => setShown(true)}>
                {t('mapping.show')}
              </Button>
            )
          }
        />
        {pending ? <Alert type="warning" showIcon title={t('mapping.pending')} /> : null}
        {showMapping ? (
          <MappingForm
            key={JSON.stringify(preview.mapping)}
            preview={preview}
            judging={judging}
            onJudge={(mapping) => void judge(mapping)}
            onChanged={setPending}
          />
        ) : null}
        <RefusedTable preview={preview} />
        <NotesTable preview={preview} />
        <RosterChangesCard
          changes={changes}
          left={left}
          onLeave={(places) => setLeaving({ of: preview, places })}
        />
        <SampleTable preview={preview} />
      </div>
    </Page>
  );
}

/** What looks wrong about rows that are about to be saved: asked once, and then saved. */
function Cautions({ cautions }: { cautions: ImportPreview['notes'] }) {
  const { t } = useTranslation('imports');
  const common = useTranslation('common');
  return (
    <div ref={intoView}>
      <Alert
        type="warning"
        showIcon
        role="alert"
        title={common.t('caution.title')}
        description={
          <>
            <ul className="heshi-flush">
              {cautions.map(({ note, message, count, rows }) => (
                <li key={note}>
                  {message} {t('commit.rows', { count, rows: rows.join(t('comma')) })}
                </li>
              ))}
            </ul>
            <p className="heshi-flush">{common.t('caution.text')}</p>
          </>
        }
      />
    </div>
  );
}

function Summary({ preview, file }: { preview: ImportPreview; file: File }) {
  const { t, i18n } = useTranslation('imports');
  const count = (value: number): string => value.toLocaleString(i18n.language);
  return (
    <Card size="small" title={<h2>{file.name}</h2>}>
      <Descriptions
        size="small"
        column={6}
        items={[
          { key: 'kind', label: t('mapping.kind'), children: t(`kind.${preview.mapping.kind}`) },
          { key: 'format', label: t('file.format'), children: `.${preview.format}` },
          { key: 'encoding', label: t('file.encoding'), children: preview.encoding },
          { key: 'rows', label: t('file.rows'), children: count(preview.rows) },
          {
            key: 'accepted',
            label: t('file.accepted'),
            children: <strong>{count(preview.accepted)}</strong>,
          },
          {
            key: 'refused',
            label: t('file.refused'),
            children: <strong>{count(preview.rows - preview.accepted)}</strong>,
          },
        ]}
      />
    </Card>
  );
}
