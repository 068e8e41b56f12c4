import { Button } from 'antd';
import SignaturePad from 'signature_pad';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

export type Strokes = { width: number; height: number; strokes: number[][] };

/** A field to sign in with a finger, a pen or the mouse. `onChange` gets the strokes, or null when it is empty. */
export function InkField({ label, onChange }: { label: string; onChange: (ink: Strokes | null) => void }) {
  const { t } = useTranslation('documents');
  const canvas = useRef<HTMLCanvasElement>(null);
  const pad = useRef<SignaturePad>(null);
  const [empty, setEmpty] = useState(true);
  const change = useRef(onChange);
  useEffect(() => {
    change.current = onChange;
  }, [onChange]);
  useEffect(() => {
    const field = canvas.current;
    if (!field) return undefined;
    // As many dots as the screen has; strokes stay in the field's own measure.
    const ratio = Math.max(1, window.devicePixelRatio);
    const { clientWidth: width, clientHeight: height } = field;
    field.width = width * ratio;
    field.height = height * ratio;
    field.getContext('2d')?.scale(ratio, ratio);
    const drawing = new SignaturePad(field, { penColor: '#1b2a3a' });
    pad.current = drawing;
    const read = (): void => {
      const strokes = drawing.toData().map(({ points }) => points.flatMap(({ x, y }) => [x, y]));
      setEmpty(strokes.length === 0);
      change.current(strokes.length === 0 ? null : { width, height, strokes });
    };
    drawing.addEventListener('endStroke', read);
    return () => drawing.off();
  }, []);
  return (
    <section aria-label={label} className="heshi-below-m">
      <div className="heshi-row-between">
        <span>{label}</span>
        <Button
          size="small"
          disabled={empty}
          aria-label={t('clearNamed', { name: label })}
          onClick={() => {
            pad.current?.clear();
            setEmpty(true);
            onChange(null);
          }}
        >
          {t('clear')}
        </Button>
      </div>
      <canvas ref={canvas} className="heshi-ink" role="img" aria-label={t('inkField', { name: label })} />
    </section>
  );
}
