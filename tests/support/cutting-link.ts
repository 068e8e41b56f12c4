import { connect, createServer, type Socket } from 'node:net';

/** A TCP proxy that cuts every connection once `bytesUp` have gone up through it since the last cut. */
export async function startCuttingLink(
  target: { host: string; port: number },
  options: { bytesUp?: number; bytesDown?: number },
): Promise<{ url: string; cuts(): number; bytesUp(): number; stop(): Promise<void> }> {
  const open = new Set<Socket>();
  let cuts = 0;
  let total = 0;
  let up = 0;
  let down = 0;
  const cut = (): void => {
    cuts += 1;
    up = 0;
    down = 0;
    for (const socket of open) socket.resetAndDestroy();
  };
  const server = createServer((near) => {
    const far = connect(target);
    for (const socket of [near, far]) {
      open.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        open.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
    near.on('data', (bytes: Buffer) => {
      up += bytes.length;
      total += bytes.length;
      if (!far.write(bytes)) near.pause();
      if (options.bytesUp !== undefined && up >= options.bytesUp) cut();
    });
    far.on('drain', () => near.resume());
    far.on('data', (bytes: Buffer) => {
      down += bytes.length;
      if (!near.write(bytes)) far.pause();
      if (options.bytesDown !== undefined && down >= options.bytesDown) cut();
    });
    near.on('drain', () => far.resume());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    cuts: () => cuts,
    bytesUp: () => total,
    stop: async () => {
      for (const socket of open) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
