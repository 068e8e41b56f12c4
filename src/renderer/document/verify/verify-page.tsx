import { Alert, Button, Card, Descriptions, Input } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { GradeProof, PromiseProof, Verification } from '../../../contract/workstation/document.ts';
import { readPrintedCode } from '../../../domain/document/index.ts';
import { api } from '../../kernel/api/client.ts';
import { ErrorNotice } from '../../kernel/components/error-notice.tsx';
import { Page } from '../../kernel/components/page.tsx';
import { exactTime } from '../../kernel/components/when.tsx';
import { CodeCamera } from './code-camera.tsx';

const TONES = {
  unchanged: 'success',
  agrees: 'success',
  'code-not-given': 'warning',
  altered: 'error',
  'code-differs': 'error',
  foreign: 'error',
  unknown: 'warning',
  'no-code': 'warning',
} as const satisfies Record<Verification['verdict'], string>;

/** Base64 of a file, in pieces: a large one would not fit into one call's arguments. */
async function base64Of(file: Blob): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let binary = '';
  for (let at = 0; at < bytes.length; at += 0x8000) {
    binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  }
  return btoa(binary);
}

/**
 * Checks a document against the log: by its file, by the QR code on it in a picture, before the camera or from a hand
 * scanner, or by the number and code printed on it.
 */
export function VerifyPage() {
  const { t } = useTranslation('documents');
  const picker = useRef<HTMLInputElement>(null);
  const [number, setNumber] = useState('');
  const [code, setCode] = useState('');
  const [busy, setBusy] = useState(false);
  const [found, setFound] = useState<Verification | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [scanning, setScanning] = useState(false);
  const verify = async (input: () => Promise<Parameters<typeof api.documents.verify>[0]>): Promise<void> => {
    setBusy(true);
    setError(null);
    setFound(null);
    try {
      setFound(await api.documents.verify(await input()));
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
    }
  };
  const byNumber = (): void => {
    // A hand scanner has typed the whole QR code.
    const asked = readPrintedCode(number) ?? { number, code };
    setNumber(asked.number);
    setCode(asked.code);
    void verify(async () => ({
      number: asked.number,
      ...(asked.code.trim() === '' ? {} : { code: asked.code }),
    }));
  };
  return (
    <Page title={t('verify.title')}>
      <p className="heshi-hint">{t('verify.text')}</p>
      <div className="heshi-columns">
        <Card size="small" title={t('verify.byFile')}>
          <input
            ref={picker}
            type="file"
            accept="application/pdf,image/png,image/jpeg"
            hidden
            onChange={(event) => {
              const file = event.target.files?.[0];
              event.target.value = '';
              if (file) void verify(async () => ({ base64: await base64Of(file) }));
            }}
          />
          <Button loading={busy} onClick={() => picker.current?.click()}>
            {t('verify.choose')}
          </Button>{' '}
          <Button onClick={() => setScanning(true)}>{t('verify.camera')}</Button>
          <p className="heshi-hint">{t('verify.fileHint')}</p>
        </Card>
        <Card size="small" title={t('verify.byNumber')}>
          <form
            data-primary
            onSubmit={(event) => {
              event.preventDefault();
              if (number.trim().length >= 3) byNumber();
            }}
            className="heshi-stack-s"
          >
            <label htmlFor="verify-number">{t('verify.number')}</label>
            <Input id="verify-number" value={number} onChange={(event) => setNumber(event.target.value)} />
            <p className="heshi-hint">{t('verify.scannerHint')}</p>
            <label htmlFor="verify-code">{t('verify.code')}</label>
            <Input id="verify-code" value={code} onChange={(event) => setCode(event.target.value)} />
            <Button type="primary" htmlType="submit" loading={busy} disabled={number.trim().length < 3}>
              {t('verify.check')}
            </Button>
          </form>
        </Card>
      </div>
      {error ? <ErrorNotice error={error} /> : null}
      {found ? <Verdict found={found} /> : null}
      {scanning ? (
        <CodeCamera
          look={async (picture) => api.documents.verify({ base64: await base64Of(picture) })}
          onFound={(verdict) => {
            setScanning(false);
            setError(null);
            setFound(verdict);
          }}
          onClose={() => setScanning(false)}
        />
      ) : null}
    </Page>
  );
}

function Verdict({ found }: { found: Verification }) {
  const { t } = useTranslation('documents');
  return (
    <section aria-label={t('verify.result')} aria-live="polite" className="heshi-above-m">
      <Alert
        type={TONES[found.verdict]}
        showIcon
        title={t(`verify.verdict.${found.verdict}`)}
        description={
          'promise' in found
            ? t(`verify.card.${found.verdict}`)
            : 'grade' in found
              ? t(`verify.grade.${found.verdict}`)
              : t(`verify.means.${found.verdict}`)
        }
      />
      {'document' in found ? (
        <Descriptions
          size="small"
          column={2}
          className="heshi-above-m"
          items={[
            { key: 'kind', label: t('verify.kind'), children: t(`kind.${found.document.kind}`) },
            { key: 'number', label: t('verify.number'), children: found.document.number },
            { key: 'unit', label: t('verify.unit'), children: found.document.unitName },
            { key: 'at', label: t('verify.at'), children: exactTime(found.document.issuedAt) },
            { key: 'code', label: t('verify.code'), children: found.document.code },
            {
              key: 'centre',
              label: t('verify.centre'),
              children: t(`verify.status.${found.document.status}`),
            },
            {
              key: 'case',
              label: t('verify.case'),
              children: <Link to={`/cases/${found.document.caseId}`}>{t('verify.openCase')}</Link>,
            },
          ]}
        />
      ) : null}
      {'promise' in found ? <PromiseFacts promise={found.promise} /> : null}
      {'grade' in found ? <GradeFacts grade={found.grade} /> : null}
    </section>
  );
}

/** What the log says of the grade whose notice it is, and whether it still stands. */
function GradeFacts({ grade }: { grade: GradeProof }) {
  const { t } = useTranslation('documents');
  return (
    <Descriptions
      size="small"
      column={2}
      className="heshi-above-m"
      items={[
        { key: 'kind', label: t('verify.kind'), children: t('verify.gradeKind') },
        { key: 'number', label: t('verify.number'), children: grade.number },
        {
          key: 'merchant',
          label: t('verify.merchant'),
          children: <Link to={`/merchants/${grade.merchantId}`}>{grade.merchantName}</Link>,
        },
        { key: 'month', label: t('verify.month'), children: grade.month },
        {
          key: 'grade',
          label: t('verify.gradeOf'),
          children: t('verify.gradeText', {
            grade: grade.grade ?? t('verify.notRated'),
            points: grade.points,
          }),
        },
        { key: 'at', label: t('verify.at'), children: exactTime(grade.publishedAt) },
        { key: 'code', label: t('verify.code'), children: grade.code },
        {
          key: 'standing',
          label: t('verify.standing'),
          children: t(grade.superseded ? 'verify.superseded' : 'verify.stands'),
        },
      ]}
    />
  );
}

/** What the log says of the promise whose card it is; whether it still holds is said in days. */
function PromiseFacts({ promise }: { promise: PromiseProof }) {
  const { t } = useTranslation('documents');
  return (
    <Descriptions
      size="small"
      column={2}
      className="heshi-above-m"
      items={[
        { key: 'kind', label: t('verify.kind'), children: t('verify.cardKind') },
        { key: 'number', label: t('verify.number'), children: promise.number },
        {
          key: 'merchant',
          label: t('verify.merchant'),
          children: <Link to={`/merchants/${promise.merchantId}`}>{promise.merchantName}</Link>,
        },
        {
          key: 'promise',
          label: t('verify.promise'),
          children: t('verify.promiseText', { days: promise.windowDays, version: promise.version }),
        },
        {
          key: 'period',
          label: t('verify.period'),
          children:
            promise.effectiveTo === null
              ? t('verify.since', { from: promise.effectiveFrom })
              : t('verify.until', { from: promise.effectiveFrom, to: promise.effectiveTo }),
        },
        { key: 'code', label: t('verify.code'), children: promise.code },
      ]}
    />
  );
}
