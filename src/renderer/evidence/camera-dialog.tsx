import { Alert, Modal } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { exactTime } from '../kernel/components/when.tsx';
import { useClock } from '../kernel/kit/now.tsx';

/** What the camera sees; one press takes it as a JPEG. The camera is let go when the dialog closes. */
export function CameraDialog({ onTaken, onClose }: { onTaken: (photo: File) => void; onClose: () => void }) {
  const { t } = useTranslation('evidence');
  const clock = useClock();
  const video = useRef<HTMLVideoElement>(null);
  const [ready, setReady] = useState(false);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    let stream: MediaStream | null = null;
    let closed = false;
    const release = (): void => {
      for (const track of stream?.getTracks() ?? []) track.stop();
    };
    const open = async (): Promise<void> => {
      try {
        stream = await navigator.mediaDevices.getUserMedia({
          video: { facingMode: 'environment', width: { ideal: 1920 }, height: { ideal: 1080 } },
        });
        if (closed) return release();
        if (video.current === null) return undefined;
        video.current.srcObject = stream;
        await video.current.play();
        setReady(true);
      } catch {
        setFailed(!closed);
      }
      return undefined;
    };
    void open();
    return () => {
      closed = true;
      release();
    };
  }, []);
  const shoot = (): void => {
    const { current } = video;
    if (current === null) return;
    const canvas = document.createElement('canvas');
    canvas.width = current.videoWidth;
    canvas.height = current.videoHeight;
    canvas.getContext('2d')?.drawImage(current, 0, 0);
    canvas.toBlob(
      (blob) => {
        if (blob === null) return setFailed(true);
        const time = exactTime(clock().toISOString()).replace(':', '.');
        return onTaken(new File([blob], t('photoName', { time }), { type: blob.type }));
      },
      'image/jpeg',
      0.9,
    );
  };
  return (
    <Modal
      open
      title={t('cameraTitle')}
      width={760}
      okText={t('shoot')}
      okButtonProps={{ disabled: !ready }}
      onOk={shoot}
      onCancel={onClose}
    >
      {failed ? (
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
