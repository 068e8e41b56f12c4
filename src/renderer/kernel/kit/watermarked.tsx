import { theme, Watermark } from 'antd';
import { useState, type ReactNode } from 'react';
import { useSession } from '../app/session.ts';
import { exactTime } from '../components/when.tsx';
import { useClock } from './now.tsx';

/** Far apart and faint, so that nobody reads around it. */
const GAP: [number, number] = [180, 140];

/**
 * Who opened this and when, across what is about people: a photograph of the screen that turns up says where it is from.
 */
export function Watermarked({ children }: { children: ReactNode }) {
  const { staff } = useSession();
  const clock = useClock();
  const [opened] = useState(() => exactTime(clock().toISOString()));
  const { token } = theme.useToken();
  return (
    <Watermark
      content={[`${staff.name} · ${staff.unit.name}`, opened]}
      gap={GAP}
      font={{ color: token.colorFillSecondary, fontSize: token.fontSize }}
    >
      {children}
    </Watermark>
  );
}
