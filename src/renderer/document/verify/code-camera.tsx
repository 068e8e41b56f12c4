import { Alert, Modal } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Verification } from '../../../contract/workstation/document.ts';
import { frameOf, useCamera } from '../../kernel/components/use-camera.ts';
import '../documents.css';

/** How long between two looks at what the camera sees. */
const LOOK_MS = 500;

/** Holds a paper's QR code to the camera until it is read; `look` says what a picture holds. */
export function CodeCamera({
  look,
  onFound,
  onClose,
}: {
  look: (picture: Blob) => Promise<Verification>;
  onFound: (found: Verification) => void;
  onClose: () => void;
}) {
  const { t } = useTranslation('documents');
  const { video, ready, failed } = useCamera();
  const [broken, setBroken] = useState(false);
  const ask = useRef({ look, onFound });
  useEffect(() => {
    ask.current = { look, onFound };
  }, [look, onFound]);
  useEffect(() => {
    if (!ready) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let closed = false;
    const again = async (): Promise<void> => {
      try {
        const picture = video.current === null ? null : await frameOf(video.current);
        const found = picture === null ? null : await ask.current.look(picture);
        if (closed) return;
        if (found !== null && found.verdict !== 'no-code') {
          ask.current.onFound(found);
          return;
        }
        timer = setTimeout(() => void again(), LOOK_MS);
      } catch {
        setBroken(!closed);
      }
    };
    void again();
    return () => {
      closed = true;
      clearTimeout(timer);
    };
  }, [ready, video]);
  return (
    <Modal open title={t('verify.camera')} width={760} footer={null} onCancel={onClose}>
      {failed || broken ? (
        <Alert type="error" showIcon role="alert" title={t('verify.cameraFailed')} />
      ) : (
        <>
          <p className="heshi-hint">{t('verify.cameraHint')}</p>
          <video
            ref={video}
            className="heshi-code-camera"
            muted
            playsInline
            aria-label={t('verify.cameraHint')}
          />
        </>
      )}
    </Modal>
  );
}
