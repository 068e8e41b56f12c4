import { CameraOutlined, PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Card, Input, Select, Skeleton, Spin } from 'antd';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EvidenceView } from '../../contract/workstation/evidence.ts';
import { EVIDENCE_LIMITS, EvidenceKind } from '../../domain/evidence/media.ts';
import { api } from '../kernel/api/client.ts';
import { EmptyState } from '../kernel/components/empty-state.tsx';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { exactTime } from '../kernel/components/when.tsx';
import { AddingFailure } from './adding-failure.tsx';
import { CameraDialog } from './camera-dialog.tsx';
import { EvidenceItemRow } from './evidence-item.tsx';
import { EvidencePreview } from './evidence-preview.tsx';
import { useAdding } from './use-adding.ts';
import { WithdrawDialog } from './withdraw-dialog.tsx';
import './evidence.css';
import { useClock } from '../kernel/kit/now.tsx';

/** While a file is on its way to the centre, how far it is. */
const PROGRESS_MS = 1_000;

const megabytes = (bytes: number): number => Math.round(bytes / 1024 / 1024);

/** A case's evidence: added by choosing, dropping, pasting or photographing; seen; withdrawn with a reason. */
export function EvidencePanel({ caseId }: { caseId: string }) {
  const { t } = useTranslation('evidence');
  const [opened, setOpened] = useState<EvidenceView | null>(null);
  const [withdrawing, setWithdrawing] = useState<EvidenceView | null>(null);
  const list = useQuery({
    queryKey: ['evidence', 'list', caseId],
    queryFn: () => api.evidence.list({ caseId }),
    refetchInterval: ({ state }) =>
      state.data?.items.some((item) => item.outstanding) ? PROGRESS_MS : false,
  });
  const { data } = list;
  return (
    <Card
      size="small"
      title={t('title')}
      extra={data?.items.length ? t('count', { count: data.items.length }) : null}
    >
      {list.error && !data ? <ErrorNotice error={list.error} kept={false} /> : null}
      {data === undefined && !list.error ? <Skeleton active paragraph={{ rows: 1 }} /> : null}
      {data?.mayAdd || data?.mayProve ? (
        <AddEvidenceArea
          key={data.mayAdd ? 'any' : 'performance'}
          caseId={caseId}
          idle={opened === null && withdrawing === null}
          proofOnly={!data.mayAdd}
        />
      ) : null}
      {data?.frozen && data.items.length > 0 ? <p>{t('frozen')}</p> : null}
      {data && data.items.length === 0 ? (
        <EmptyState title={t('empty')} {...(data.mayAdd ? { text: t('emptyText') } : {})} />
      ) : null}
      {data && data.items.length > 0 ? (
        <ul className="heshi-evidence-list" aria-label={t('list')}>
          {data.items.map((item) => (
            <EvidenceItemRow
              key={`${item.sha256}:${item.addedAt}`}
              caseId={caseId}
              item={item}
              onOpen={() => setOpened(item)}
              onWithdraw={() => setWithdrawing(item)}
            />
          ))}
        </ul>
      ) : null}
      {opened ? <EvidencePreview caseId={caseId} item={opened} onClose={() => setOpened(null)} /> : null}
      {withdrawing ? (
        <WithdrawDialog caseId={caseId} item={withdrawing} onClose={() => setWithdrawing(null)} />
      ) : null}
    </Card>
  );
}

/** Pasted pictures have no name of their own worth keeping. */
function named(file: File, name: string): File {
  return file.name === '' || file.name === 'image.png' ? new File([file], name, { type: file.type }) : file;
}

function AddEvidenceArea({
  caseId,
  idle,
  proofOnly,
}: {
  caseId: string;
  idle: boolean;
  /** After an agreement only proof of its performance may come in. */
  proofOnly: boolean;
}) {
  const { t } = useTranslation('evidence');
  const clock = useClock();
  const picker = useRef<HTMLInputElement>(null);
  const capture = useRef<HTMLInputElement>(null);
  const [kind, setKind] = useState<EvidenceKind | 'by-type'>(proofOnly ? 'performance' : 'by-type');
  const [note, setNote] = useState('');
  const [over, setOver] = useState(false);
  const [camera, setCamera] = useState(false);
  const { adding, add, dismiss } = useAdding(caseId);
  const take = async (files: readonly File[]): Promise<void> => {
    if (files.length === 0) return;
    const text = note.trim();
    const all = await add(files, {
      ...(kind === 'by-type' ? {} : { kind }),
      ...(text === '' ? {} : { note: text }),
    });
    // What was written of a refused file is still wanted for the next try.
    if (all) setNote('');
  };
  const pasted = useEffectEvent((files: readonly File[]) => void take(files));

  useEffect(() => {
    if (!idle) return undefined;
    const paste = (event: ClipboardEvent): void => {
      const files = [...(event.clipboardData?.files ?? [])];
      // Text goes where it is pasted, even where it comes with a picture of itself; files come here.
      const typing = event.target instanceof Element && event.target.closest('input, textarea') !== null;
      if (files.length === 0 || (typing && event.clipboardData?.getData('text/plain') !== '')) return;
      event.preventDefault();
      const time = exactTime(clock().toISOString()).replace(':', '.');
      const extension = (file: File): string => file.type.split('/')[1] ?? 'png';
      pasted(files.map((file) => named(file, t('pasteName', { time, extension: extension(file) }))));
    };
    // A file let go beside the field would take the whole page with it.
    const stay = (event: DragEvent): void => {
      if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
    };
    window.addEventListener('paste', paste);
    window.addEventListener('dragover', stay);
    window.addEventListener('drop', stay);
    return () => {
      window.removeEventListener('paste', paste);
      window.removeEventListener('dragover', stay);
      window.removeEventListener('drop', stay);
    };
  }, [idle, t, clock]);

  const openCamera = (): void => {
    const { mediaDevices } = navigator as { mediaDevices?: MediaDevices };
    if (mediaDevices === undefined) capture.current?.click();
    else setCamera(true);
  };
  const chosen = (input: HTMLInputElement): void => {
    void take([...(input.files ?? [])]);
    // The same file can be chosen again after a refusal.
    input.value = '';
  };
  return (
    <div
      className="heshi-evidence-add"
      data-over={over}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes('Files')) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        void take([...event.dataTransfer.files]);
      }}
    >
      <div className="heshi-filters">
        <Button icon={<PlusOutlined />} onClick={() => picker.current?.click()}>
          {t('add')}
        </Button>
        <Button icon={<CameraOutlined />} onClick={openCamera}>
          {t('camera')}
        </Button>
        <Select
          aria-label={t('kindLabel')}
          value={kind}
          onChange={setKind}
          className="heshi-choice"
          options={[
            ...(proofOnly ? [] : [{ value: 'by-type' as const, label: t('byType') }]),
            ...EvidenceKind.options
              .filter((one) => (one === 'performance') === proofOnly)
              .map((one) => ({ value: one, label: t(`kind.${one}`) })),
          ]}
        />
        <Input
          aria-label={t('note')}
          placeholder={t('note')}
          value={note}
          maxLength={1000}
          className="heshi-grow"
          onChange={(event) => setNote(event.target.value)}
        />
      </div>
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        accept="image/jpeg,image/png,image/webp,image/heic,application/pdf,audio/*"
        data-testid="evidence-files"
        onChange={(event) => chosen(event.currentTarget)}
      />
      <input
        ref={capture}
        type="file"
        hidden
        accept="image/*"
        capture="environment"
        onChange={(event) => chosen(event.currentTarget)}
      />
      <p className="heshi-evidence-hint">
        {over ? t('dropNow') : t('drop')}
        <br />
        {t('limits', { image: megabytes(EVIDENCE_LIMITS.image), file: megabytes(EVIDENCE_LIMITS.document) })}
      </p>
      <div className="heshi-notices" aria-live="polite">
        {adding.map((one) =>
          one.error === null ? (
            <span key={one.id}>
              <Spin size="small" /> {t('saving', { name: one.name })}
            </span>
          ) : (
            <AddingFailure key={one.id} failed={one} onDismiss={() => dismiss(one.id)} />
          ),
        )}
      </div>
      {camera ? (
        <CameraDialog
          onClose={() => setCamera(false)}
          onTaken={(photo) => {
            setCamera(false);
            void take([photo]);
          }}
        />
      ) : null}
    </div>
  );
}
