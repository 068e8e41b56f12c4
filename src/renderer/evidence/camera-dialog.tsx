import { Alert, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { frameOf, useCamera } from '../kernel/components/use-camera.ts';
import { exactTime } from '../kernel/components/when.tsx';
import { useClock } from '../kernel/kit/now.tsx';

/** What the camera sees; one press takes it as a JPEG. The camera is let go when the dialog closes. */
export function CameraDialog({ onTaken, onClose }: { onTaken: (photo: File) => void; onClose: () => void }) {
  const { t } = useTranslation('evidence');
  const clock = useClock();
  const { video, ready, failed } = useCamera();
  const [untaken, setUntaken] = useState(false);
  const shoot = async (): Promise<void> => {
    if (video.current === null) return;
    const blob = await frameOf(video.current);
    if (blob === null) {
      setUntaken(true);
      return;
    }
    const time = exactTime(clock().toISOString()).replace(':', '.');
    onTaken(new File([blob], t('photoName', { time }), { type: blob.type }));
  };
  return (
    <Modal
      open
      title={t('cameraTitle')}
      width={760}
      okText={t('shoot')}
      okButtonProps={{ disabled: !ready }}
      onOk={() => void shoot()}
      onCancel={onClose}
    >
      {failed || untaken ? (
        <Alert type="error" showIcon role="alert" title={t('cameraFailed')} />
      ) : (
        <video
          ref={video}
          className="heshi-evidence-shown"
          muted
          playsInline
          aria-label={t('cameraPicture')}
        />
      )}
    </Modal>
  );
}
