import { parentPort, workerData } from 'node:worker_threads';
import { type Series, SqliteWriter, TransactionFailed, type WriterOptions } from './sqlite-writer.js';

/** What the thread is asked, one request at a time. */
export type Request = { readonly write: readonly Series[] } | { readonly delete: string } | { readonly close: true };

if (parentPort) serve(parentPort);

function serve(port: NonNullable<typeof parentPort>): void {
  const writer = new SqliteWriter(workerData as WriterOptions);
  port.on('message', (request: Request) => {
    try {
      port.postMessage({ done: answer(request) });
    } catch (error) {
      const { reason, message } =
        error instanceof TransactionFailed ? error : { reason: 'failed', message: (error as Error).message };
      port.postMessage({ failed: { reason, message } });
    }
  });

  function answer(request: Request): unknown {
    if ('write' in request) return writer.write(request.write);
    if ('delete' in request) return writer.deleteStream(request.delete, new Date().toISOString());
    return writer.close();
  }
}
