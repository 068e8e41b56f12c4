import { Card } from 'antd';
import qrcode from 'qrcode-generator';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReturnDetail } from '../../contract/workstation/return.ts';

/** Light around the code, in modules. */
const QUIET = 4;

/** What the consumer takes along, typed or photographed: by it they see how their return stands. */
export function InquiryCard({
  inquiry,
  number,
}: {
  inquiry: NonNullable<ReturnDetail['inquiry']>;
  number: string;
}) {
  const { t } = useTranslation('returns');
  const { code, address } = inquiry;
  return (
    <Card size="small" title={<h2>{t('inquiry.title')}</h2>}>
      <p>{t('inquiry.text')}</p>
      <QrCode text={address} label={t('inquiry.qr')} />
      <p>
        {number} · <strong>{code}</strong>
      </p>
    </Card>
  );
}

function QrCode({ text, label }: { text: string; label: string }) {
  const { side, path } = useMemo(() => drawn(text), [text]);
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${side} ${side}`}
      className="heshi-inquiry-code"
      shapeRendering="crispEdges"
    >
      <rect width={side} height={side} fill="#ffffff" />
      <path d={path} fill="#000000" />
    </svg>
  );
}

function drawn(text: string): { side: number; path: string } {
  const qr = qrcode(0, 'M');
  qr.addData(text, 'Byte');
  qr.make();
  const modules = qr.getModuleCount();
  const places = Array.from({ length: modules }, (_, place) => place);
  const path = places
    .flatMap((row) =>
      places.flatMap((column) =>
        qr.isDark(row, column) ? [`M${column + QUIET} ${row + QUIET}h1v1h-1z`] : [],
      ),
    )
    .join('');
  return { side: modules + 2 * QUIET, path };
}
