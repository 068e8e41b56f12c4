import type { HttpRequest, HttpResponse, HttpStack } from 'tus-js-client';
import type { CentreLink } from '../kernel/sync/centre-link.ts';

/** Where an upload's bytes come from; a chunk is a `Blob`, since tus asks for its `size`. */
export type ChunkReader = {
  size: number;
  slice(start: number, end: number): Promise<{ value: Blob; done: boolean }>;
  close(): void;
};

/** Lets tus speak through the device's own way to its centre: its session, its `fetch`, its errors. */
export function tusStack(link: CentreLink): HttpStack {
  return {
    getName: () => 'CentreLink',
    createRequest: (method, url): HttpRequest => {
      const headers = new Headers();
      const controller = new AbortController();
      let progress: (bytesSent: number) => void = () => undefined;
      return {
        getMethod: () => method,
        getURL: () => url,
        setHeader: (name, value) => headers.set(name, value),
        getHeader: (name) => headers.get(name) ?? undefined,
        setProgressHandler: (handler) => {
          progress = handler;
        },
        send: async (body: Blob | null | undefined): Promise<HttpResponse> => {
          const response = await link.request(url, {
            method,
            headers,
            body: body ?? null,
            signal: controller.signal,
          });
          const text = await response.text();
          progress(body?.size ?? 0);
          return {
            getStatus: () => response.status,
            getHeader: (name) => response.headers.get(name) ?? undefined,
            getBody: () => text,
            getUnderlyingObject: () => response,
          };
        },
        abort: async () => controller.abort(),
        getUnderlyingObject: () => null,
      };
    },
  };
}
