import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import type { Control } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { Attachment } from '../../domain/restoration/index.ts';
import { InkField, type Strokes } from '../document/index.ts';
import { api } from '../kernel/api/client.ts';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { FormField } from '../kernel/components/field.tsx';
import { base64Of } from '../kernel/components/file-text.ts';
import type { FileValues } from './values.ts';

/** Dots of the picture for each of the field's own. */
const SCALE = 2;

/** What was written as a picture. */
async function pictureOf({ width, height, strokes }: Strokes): Promise<string> {
  const canvas = document.createElement('canvas');
  canvas.width = width * SCALE;
  canvas.height = height * SCALE;
  const drawing = canvas.getContext('2d');
  if (!drawing) throw new Error('No canvas');
  drawing.scale(SCALE, SCALE);
  drawing.lineWidth = 1.6;
  drawing.lineCap = 'round';
  for (const stroke of strokes) {
    drawing.beginPath();
    for (let at = 0; at + 1 < stroke.length; at += 2) drawing.lineTo(stroke[at] ?? 0, stroke[at + 1] ?? 0);
    drawing.stroke();
  }
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (!blob) throw new Error('No picture');
  return base64Of(blob);
}

/** The commitment's signature, written on the screen and kept as a picture under its hash. */
export function SignatureField({ control, name }: { control: Control<FileValues>; name: string }) {
  const { t } = useTranslation('restorations');
  const [ink, setInk] = useState<Strokes | null>(null);
  const [round, setRound] = useState(0);
  const keep = useMutation({
    mutationFn: async (strokes: Strokes): Promise<Attachment> => {
      const file = `${t('form.commitment')}.png`;
      const kept = await api.restorations.keepFile({ name: file, base64: await pictureOf(strokes) });
      return { ...kept, kind: 'commitment', name: file };
    },
  });
  return (
    <FormField control={control} name="signature" label={t('form.signedBy')} required>
      {({ id, value, onChange, ref }) =>
        value !== null && value !== undefined ? (
          <div id={id} ref={ref} tabIndex={-1} className="heshi-row">
            <span>
              {t('form.signed')} {name}
            </span>
            <Button
              onClick={() => {
                setInk(null);
                setRound((one) => one + 1);
                onChange(null);
              }}
            >
              {t('form.again')}
            </Button>
          </div>
        ) : (
          <div id={id} ref={ref} tabIndex={-1} className="heshi-stack-s">
            {keep.error ? <ErrorNotice error={keep.error} /> : null}
            <div className="heshi-restoration-ink">
              <InkField key={round} name={name === '' ? t('form.sign') : name} onChange={setInk} />
            </div>
            <div className="heshi-row">
              <Button
                disabled={ink === null}
                loading={keep.isPending}
                onClick={() => {
                  if (ink) keep.mutate(ink, { onSuccess: onChange });
                }}
              >
                {t('form.keep')}
              </Button>
              <Button
                disabled={ink === null}
                onClick={() => {
                  setInk(null);
                  setRound((one) => one + 1);
                }}
              >
                {t('form.again')}
              </Button>
            </div>
          </div>
        )
      }
    </FormField>
  );
}
