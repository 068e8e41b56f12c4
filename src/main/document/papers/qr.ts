import type { Sheet } from './sheet.ts';
import { figure } from './tags.ts';

/** Side of one module in points: at 150 dots an inch three dots, which any reader tells apart. */
const MODULE = 1.45;
/** What the symbol's alphanumeric mode holds in less room than its bytes. */
const ALPHANUMERIC = /^[0-9A-Z $%*+\-./:]*$/;

/** A QR code before it is drawn: how much room it takes in points each way, without the white around it. */
export type QrCode = {
  side: number;
  modules: number;
  /** Side of one module. */
  module: number;
  dark: (row: number, column: number) => boolean;
};

/** The QR code of a text, of the fewest modules, with a sixth of it repairable; as large as a side that is given. */
export async function qrCode(text: string, size: { side: number } | null = null): Promise<QrCode> {
  // Loaded with the first numbered paper.
  const { default: qrcode } = await import('qrcode-generator');
  const code = qrcode(0, 'M');
  code.addData(text, ALPHANUMERIC.test(text) ? 'Alphanumeric' : 'Byte');
  code.make();
  const modules = code.getModuleCount();
  const module = size === null ? MODULE : size.side / modules;
  return { side: modules * module, modules, module, dark: (row, column) => code.isDark(row, column) };
}

/** Draws a QR code with its right upper corner there; `alt` says in words what is in it. */
export function drawQr(
  sheet: Sheet,
  { side, modules, module, dark }: QrCode,
  at: { right: number; top: number },
  alt: string,
): void {
  const left = at.right - side;
  figure(sheet, alt, () => {
    for (let row = 0; row < modules; row += 1) {
      let column = 0;
      while (column < modules) {
        let end = column;
        while (end < modules && dark(row, end)) end += 1;
        if (end > column)
          sheet.rect(left + column * module, at.top + row * module, (end - column) * module, module);
        column = Math.max(end, column) + 1;
      }
    }
    sheet.fill('#000000');
  });
}
