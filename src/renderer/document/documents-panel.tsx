import { useQuery } from '@tanstack/react-query';
import { Button, Card, Dropdown, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { CaseDocuments, DocumentView } from '../../contract/workstation/document.ts';
import { SIGNERS } from '../../domain/document/kinds.ts';
import { api } from '../kernel/api/client.ts';
import { useSession } from '../kernel/app/session.ts';
import { EmptyState } from '../kernel/components/empty-state.tsx';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { focusOpenedMenu } from '../kernel/components/focus-menu.ts';
import { openFile } from '../kernel/components/open-file.ts';
import { StatusTag } from '../kernel/components/status-tag.tsx';
import { IssuePanel } from './issue-panel.tsx';
import { SignPanel } from './sign-panel.tsx';
import './documents.css';

/** So few numbers left are worth saying: the workstation may be offline for long. */
const FEW_NUMBERS = 10;

type Issuable = CaseDocuments['issuable'][number];

/** A case's numbered documents: issued, opened again byte for byte, signed on screen or on paper. */
export function DocumentsPanel({
  caseId,
  caseNumber,
  begin,
}: {
  caseId: string;
  caseNumber: string;
  /** The kind whose form is open at once, where it may be issued. */
  begin: string | null;
}) {
  const { t } = useTranslation('documents');
  const [issuing, setIssuing] = useState<Issuable | null>();
  const [signing, setSigning] = useState<DocumentView | null>(null);
  const [error, setError] = useState<unknown>(null);
  const mayOpen = useSession().staff.capabilities.includes('personal-data.reveal');
  const documents = useQuery({
    queryKey: ['documents', 'case', caseId],
    queryFn: () => api.documents.forCase({ caseId }),
  });
  const { data } = documents;
  const form = issuing === undefined ? data?.issuable.find(({ kind }) => kind === begin) : issuing;
  const open = async (documentId: string, variant: 'issued' | 'signed'): Promise<void> => {
    setError(null);
    try {
      openFile(await api.documents.file({ caseId, documentId, variant }), false);
    } catch (failure) {
      setError(failure);
    }
  };
  return (
    <Card
      size="small"
      title={t('title')}
      extra={
        data && data.issuable.length > 0 ? (
          <Dropdown
            onOpenChange={focusOpenedMenu}
            trigger={['click']}
            menu={{
              items: data.issuable.map((one) => ({
                key: one.kind,
                label: t(`kind.${one.kind}`),
                onClick: () => setIssuing(one),
              })),
            }}
          >
            <Button size="small" aria-keyshortcuts="Alt+P" title="Alt+P">
              {t('issue')}
            </Button>
          </Dropdown>
        ) : null
      }
    >
      {documents.error && !data ? <ErrorNotice error={documents.error} kept={false} /> : null}
      {error ? <ErrorNotice error={error} kept={false} /> : null}
      {data === undefined && !documents.error ? <Skeleton active paragraph={{ rows: 1 }} /> : null}
      {data && data.issuable.length > 0 && data.freeNumbers <= FEW_NUMBERS ? (
        <p role="status">{t('fewNumbers', { count: data.freeNumbers })}</p>
      ) : null}
      {data && data.issued.length === 0 ? (
        <EmptyState title={t('empty')} {...(data.issuable.length > 0 ? { text: t('emptyText') } : {})} />
      ) : null}
      {data && data.issued.length > 0 ? (
        <ul className="heshi-documents" aria-label={t('list')}>
          {data.issued.map((one) => (
            <li key={one.documentId}>
              <div>
                <strong>{t(`kind.${one.kind}`)}</strong> {one.number}{' '}
                <StatusTag tone={one.signed || SIGNERS[one.kind].length === 0 ? 'good' : 'warning'}>
                  {one.signed
                    ? t(`signed.${one.signed.manner}`)
                    : t(SIGNERS[one.kind].length === 0 ? 'sealOnly' : 'unsigned')}
                </StatusTag>
                <div className="heshi-hint">
                  {t('by', {
                    day: one.issuedOn,
                    name: one.issuedBy,
                    unit: one.unitName,
                    copies: one.copies,
                    code: one.code,
                  })}
                </div>
                {one.signed?.typed?.length ? (
                  <div className="heshi-hint">
                    {t('typedBy', {
                      names: one.signed.typed.map((signer) => t(`signer.${signer}`)).join(t('comma')),
                    })}
                  </div>
                ) : null}
                {one.fileHere ? null : <div className="heshi-hint">{t('elsewhere')}</div>}
              </div>
              <div className="heshi-document-actions">
                {one.fileHere && mayOpen ? (
                  <Button
                    size="small"
                    aria-label={t('openNamed', { number: one.number })}
                    onClick={() => void open(one.documentId, 'issued')}
                  >
                    {t('open')}
                  </Button>
                ) : null}
                {one.fileHere && mayOpen && one.signed?.manner === 'on-screen' ? (
                  <Button
                    size="small"
                    aria-label={t('openSignedNamed', { number: one.number })}
                    onClick={() => void open(one.documentId, 'signed')}
                  >
                    {t('openSigned')}
                  </Button>
                ) : null}
                {one.signed === null && SIGNERS[one.kind].length > 0 ? (
                  <Button
                    size="small"
                    aria-label={t('signNamed', { number: one.number })}
                    onClick={() => setSigning(one)}
                  >
                    {t('sign')}
                  </Button>
                ) : null}
              </div>
            </li>
          ))}
        </ul>
      ) : null}
      <p className="heshi-hint">
        <Link to="/verify">{t('verify.link')}</Link>
      </p>
      {form ? (
        <IssuePanel
          caseId={caseId}
          caseNumber={caseNumber}
          issuable={form}
          committee={data?.committee ?? null}
          onClose={() => setIssuing(null)}
        />
      ) : null}
      {signing ? <SignPanel caseId={caseId} document={signing} onClose={() => setSigning(null)} /> : null}
    </Card>
  );
}
