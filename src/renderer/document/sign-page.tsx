import { useTranslation } from 'react-i18next';
import type { PaperToSign } from '../../contract/workstation/document.ts';
import type { Signer } from '../../domain/document/kinds.ts';
import { InkField, type Strokes } from './ink-field.tsx';
import { PaperPages } from './paper-pages.tsx';

/** What somebody gave: strokes, or a name typed in their stead. */
export type Signature = { ink: Strokes } | { name: string };

/** The pages to be signed, with a field to draw in at each place where somebody signs; none while `signatures` is null. */
export function SignPage({
  paper,
  signatures,
  takenBack,
  onDrawn,
}: {
  paper: PaperToSign;
  signatures: Partial<Record<Signer, Signature | undefined>> | null;
  /** How often each signature was taken back. */
  takenBack: Partial<Record<Signer, number>>;
  onDrawn: (signer: Signer, ink: Strokes) => void;
}) {
  const { t } = useTranslation('documents');
  const share = (part: number, whole: number): string => `${(100 * part) / whole}%`;
  return (
    <PaperPages file={paper.file} label={t('toSign')}>
      {({ index, width, height }) =>
        signatures === null
          ? null
          : paper.places
              .filter((place) => place.page === index)
              .map((place) => {
                const signature = signatures[place.signer];
                return (
                  <div
                    key={place.signer}
                    className="heshi-signing"
                    style={{
                      left: share(place.x, width),
                      top: share(place.y, height),
                      width: share(place.width, width),
                      height: share(place.height, height),
                    }}
                  >
                    {signature && 'name' in signature ? (
                      <span className="heshi-signing-typed">{signature.name}</span>
                    ) : (
                      <InkField
                        // Empty again each time that it is taken back.
                        key={takenBack[place.signer] ?? 0}
                        name={t(`signer.${place.signer}`)}
                        onChange={(ink) => onDrawn(place.signer, ink)}
                      />
                    )}
                  </div>
                );
              })
      }
    </PaperPages>
  );
}
