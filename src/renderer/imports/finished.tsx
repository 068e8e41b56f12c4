import { Button, Card, Result } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ImportKind } from '../../contract/workstation/imports.ts';
import type { Finished } from './import-work.ts';
import { UndoImport } from './undo-import.tsx';

/** Where the records of a file stand. */
const RECORDS: Record<ImportKind, string> = {
  merchants: '/merchants',
  complaints: '/cases?show=all',
  returns: '/returns',
};

function download({ fileName, base64 }: { fileName: string; base64: string }): void {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const url = URL.createObjectURL(new Blob([bytes], { type: 'application/octet-stream' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  // The browser needs the address until the download has begun.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** What an import did, and the refused rows as a file to correct. */
export function FinishedImport({
  result,
  kind,
  onUndone,
}: {
  result: Finished;
  kind: ImportKind;
  onUndone: () => void;
}) {
  const { t, i18n } = useTranslation('imports');
  const { refusedFile } = result;
  const count = (value: number): string => value.toLocaleString(i18n.language);
  return (
    <Card>
      <Result
        status="success"
        title={<h2>{t('done.title')}</h2>}
        subTitle={t('done.saved')}
        extra={
          <>
            {refusedFile === null ? null : (
              <Button onClick={() => download(refusedFile)} title={t('done.downloadHint')}>
                {t('done.download')}
              </Button>
            )}
            <Link to={RECORDS[kind]}>{t(`done.see.${kind}`)}</Link>
          </>
        }
      >
        <dl className="heshi-import-counts">
          {(kind === 'merchants'
            ? (['imported', 'updated', 'existing', 'refused'] as const)
            : (['imported', 'existing', 'refused'] as const)
          ).map((name) => (
            <div key={name}>
              <dt>{t(`done.${name}`)}</dt>
              <dd>{count(result[name])}</dd>
            </div>
          ))}
        </dl>
        <UndoImport onUndone={onUndone} />
      </Result>
    </Card>
  );
}
