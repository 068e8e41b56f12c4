import { InboxOutlined } from '@ant-design/icons';
import { Alert, Button, Spin, Upload } from 'antd';
import { useTranslation } from 'react-i18next';
import { ImportError } from './import-error.tsx';
import { openFile, READABLE, type ImportWork } from './import-work.ts';

/** Choosing a file, or what went wrong with the one chosen: it stays chosen. */
export function FileChoice({
  work,
  staffId,
}: {
  work: Extract<ImportWork, { phase: 'choosing' | 'reading' }>;
  staffId: string;
}) {
  const { t, i18n } = useTranslation('imports');
  const { file } = work;
  const failure = work.phase === 'choosing' ? work.failure : null;
  return (
    <>
      {failure === null || file === null ? null : failure === 'too-large' || failure === 'wrong-type' ? (
        <Alert
          type="error"
          showIcon
          role="alert"
          title={t(failure === 'too-large' ? 'choose.tooLarge' : 'choose.wrongType')}
          description={file.name}
        />
      ) : (
        <>
          <ImportError error={failure.error} />
          <div className="heshi-filters">
            <span>{t('choose.kept', { fileName: file.name })}</span>
            <Button onClick={() => void openFile(file, staffId)}>{t('choose.retry')}</Button>
          </div>
        </>
      )}
      <Spin
        spinning={work.phase === 'reading'}
        description={
          work.phase !== 'reading' || work.rows === 0
            ? t('choose.reading', { fileName: file?.name ?? '' })
            : t(work.judging ? 'choose.judgingRows' : 'choose.readingRows', {
                fileName: file?.name ?? '',
                rows: work.rows.toLocaleString(i18n.language),
              })
        }
      >
        <Upload.Dragger
          accept={READABLE}
          multiple={false}
          showUploadList={false}
          aria-label={t('choose.label')}
          beforeUpload={(chosen) => {
            void openFile(chosen, staffId);
            // The program reads the file itself; nothing is uploaded.
            return false;
          }}
        >
          <p className="heshi-import-icon">
            <InboxOutlined aria-hidden />
          </p>
          <p className="heshi-section-title heshi-flush">{t('choose.drop')}</p>
          <p className="heshi-import-hint">{t('choose.hint')}</p>
        </Upload.Dragger>
      </Spin>
    </>
  );
}
