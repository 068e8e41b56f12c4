import { useEffect, useRef, useState, type RefObject } from 'react';

/** What the camera sees, while the component that asks for it is shown; then the camera is let go. */
export function useCamera(): { video: RefObject<HTMLVideoElement | null>; ready: boolean; failed: boolean } {
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
  return { video, ready, failed };
}

/** The picture that the camera shows now, as a JPEG; null where there is none. */
export function frameOf(video: HTMLVideoElement): Promise<Blob | null> {
  const canvas = document.createElement('canvas');
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  canvas.getContext('2d')?.drawImage(video, 0, 0);
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.9));
}
