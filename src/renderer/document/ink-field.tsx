import './documents.css';
import SignaturePad from 'signature_pad';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';

export type Strokes = { width: number; height: number; strokes: number[][] };

/** The bytes of an address that holds them itself: the page may fetch none. */
function blobOf(address: string): Blob {
  const bytes = Uint8Array.from(atob(address.slice(address.indexOf(',') + 1)), (letter) =>
    letter.charCodeAt(0),
  );
  return new Blob([bytes], { type: 'image/png' });
}

/**
 * A field to sign in with a finger, a pen or the mouse, as large as what it lies in. `onChange` gets the strokes, and a function that
 * gives their picture (PNG). Shown under another `key` it is empty again.
 */
export function InkField({
  name,
  onChange,
}: {
  name: string;
  onChange: (ink: Strokes, picture: () => Promise<Blob>) => void;
}) {
  const { t } = useTranslation('documents');
  const canvas = useRef<HTMLCanvasElement>(null);
  const change = useRef(onChange);
  useEffect(() => {
    change.current = onChange;
  }, [onChange]);
  useEffect(() => {
    const field = canvas.current;
    if (!field) return undefined;
    const drawing = new SignaturePad(field, { penColor: '#0b1f6b', minWidth: 0.8, maxWidth: 2 });
    let size = { width: 0, height: 0 };
    // As many dots as the screen has; strokes stay in the field's own measure, and grow and shrink with it.
    const fit = (): void => {
      const { clientWidth: width, clientHeight: height } = field;
      if (width === 0 || (width === size.width && height === size.height)) return;
      const ratio = Math.max(1, window.devicePixelRatio);
      const before = drawing.toData();
      const grown = size.width === 0 ? 1 : width / size.width;
      size = { width, height };
      field.width = width * ratio;
      field.height = height * ratio;
      field.getContext('2d')?.scale(ratio, ratio);
      drawing.clear();
      drawing.fromData(
        before.map((stroke) => ({
          ...stroke,
          points: stroke.points.map((point) => ({ ...point, x: point.x * grown, y: point.y * grown })),
        })),
      );
    };
    const resized = new ResizeObserver(fit);
    resized.observe(field);
    fit();
    drawing.addEventListener('endStroke', () => {
      const strokes = drawing.toData().map(({ points }) => points.flatMap(({ x, y }) => [x, y]));
      // Of this moment: the field may be another one when it is asked for.
      const address = drawing.toDataURL('image/png');
      change.current({ ...size, strokes }, async () => blobOf(address));
    });
    return () => {
      resized.disconnect();
      drawing.off();
    };
  }, []);
  return <canvas ref={canvas} className="heshi-ink" role="img" aria-label={t('inkField', { name })} />;
}
