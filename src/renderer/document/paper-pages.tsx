import { Skeleton } from 'antd';
import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { DocumentFile } from '../../contract/workstation/document.ts';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';

/** A page of a paper: which, from 0, and its size in points. */
export type PageOfPaper = { index: number; width: number; height: number };

/** Opens a PDF in the window, by a worker of the program's own; nothing of it comes from elsewhere. */
async function openPdf(base64: string): Promise<PDFDocumentProxy> {
  // With the first paper: half a megabyte that most pages do without.
  const { getDocument, GlobalWorkerOptions } = await import('pdfjs-dist');
  GlobalWorkerOptions.workerSrc = new URL('pdfjs-dist/build/pdf.worker.min.mjs', import.meta.url).href;
  const data = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  return getDocument({ data, useWasm: false, useSystemFonts: false }).promise;
}

/** The pages of a paper as they will be printed; `children` draws over each. While another file is opened the last one stays. */
export function PaperPages({
  file,
  label,
  children,
}: {
  file: DocumentFile;
  label: string;
  children?: (page: PageOfPaper) => ReactNode;
}) {
  const [pages, setPages] = useState<PDFPageProxy[] | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    let closed = false;
    let opened: PDFDocumentProxy | null = null;
    const open = async (): Promise<void> => {
      try {
        opened = await openPdf(file.base64);
        const { numPages } = opened;
        const all: PDFPageProxy[] = [];
        for (let number = 1; number <= numPages; number += 1) all.push(await opened.getPage(number));
        if (closed) return;
        setError(null);
        setPages(all);
      } catch (failure) {
        if (!closed) setError(failure);
      }
    };
    void open();
    return () => {
      closed = true;
      void opened?.loadingTask.destroy();
    };
  }, [file.base64]);
  return (
    <section className="heshi-sheets" aria-label={label} tabIndex={0}>
      {error ? <ErrorNotice error={error} kept={false} /> : null}
      {pages === null && !error ? <Skeleton active paragraph={{ rows: 12 }} /> : null}
      {pages?.map((page, index) => (
        <PageView key={index} page={page} index={index} of={pages.length}>
          {children?.({ index, width: page.view[2] ?? 0, height: page.view[3] ?? 0 })}
        </PageView>
      ))}
    </section>
  );
}

/** One page, drawn when it comes near what is seen: a dossier may have many. */
function PageView({
  page,
  index,
  of,
  children,
}: {
  page: PDFPageProxy;
  index: number;
  of: number;
  children: ReactNode;
}) {
  const { t } = useTranslation('documents');
  const canvas = useRef<HTMLCanvasElement>(null);
  const [drawn, setDrawn] = useState(false);
  useEffect(() => {
    const field = canvas.current;
    if (!field) return undefined;
    let task: ReturnType<PDFPageProxy['render']> | null = null;
    let near = false;
    let turn = 0;
    const draw = async (): Promise<void> => {
      turn += 1;
      const own = turn;
      // Where it is being drawn it first has to stop.
      task?.cancel();
      await task?.promise.catch(() => undefined);
      if (own !== turn) return;
      const plain = page.getViewport({ scale: 1 });
      const scale = (field.clientWidth * Math.max(1, window.devicePixelRatio)) / plain.width;
      const viewport = page.getViewport({ scale });
      field.width = Math.round(viewport.width);
      field.height = Math.round(viewport.height);
      task = page.render({ canvas: field, viewport });
      try {
        await task.promise;
        setDrawn(true);
      } catch {
        // Another file, or another size, took its place before it was drawn.
      }
    };
    const seen = new IntersectionObserver(
      (entries) => {
        if (near || !entries.some(({ isIntersecting }) => isIntersecting)) return;
        near = true;
        void draw();
      },
      { rootMargin: '600px' },
    );
    // A window made larger would show it blurred.
    let drawnFor = 0;
    const resized = new ResizeObserver(() => {
      const { clientWidth } = field;
      if (near && clientWidth > 0 && drawnFor > 0 && clientWidth !== drawnFor) void draw();
      drawnFor = clientWidth;
    });
    seen.observe(field);
    resized.observe(field);
    return () => {
      turn += 1;
      seen.disconnect();
      resized.disconnect();
      task?.cancel();
    };
  }, [page]);
  return (
    <div className="heshi-sheet" data-drawn={drawn}>
      <canvas ref={canvas} role="img" aria-label={t('page', { place: index + 1, of })} />
      {children}
    </div>
  );
}
