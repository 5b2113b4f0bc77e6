import type { FastifyReply, FastifyRequest } from 'fastify';
import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { Problem } from './problem.js';
import { bodyOf, problemOf, problemType } from './problem-details.filter.js';
import { headersOfData } from './security-headers.js';

/** An address that leads to no route because it can't be read. */
export function frameworkErrors(error: { code?: string }, request: FastifyRequest, reply: FastifyReply): void {
  const problem =
    error.code === 'FST_ERR_BAD_URL'
      ? new Problem(400, 'AddressInvalid', "Cette adresse n'est pas valable.")
      : problemOf(error);
  void reply
    .code(problem.status)
    .headers({ ...headersOfData, 'content-type': problemType, 'x-request-id': request.id })
    .send(bodyOf(problem, request.id));
}

const statuses: Readonly<Record<string, number>> = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 };

/** Bytes that aren't HTTP: answered on the socket itself, which is closed. */
export function clientErrorHandler(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) {
    socket.destroy();
    return;
  }
  const status = statuses[error.code ?? ''] ?? 400;
  const problem =
    status === 400
      ? new Problem(400, 'RequestUnreadable', "Cette requête n'est pas du HTTP valable.")
      : problemOf({ statusCode: status });
  const id = randomUUID();
  const body = JSON.stringify(bodyOf(problem, id));
  const headers = {
    ...headersOfData,
    'content-type': problemType,
    'content-length': String(Buffer.byteLength(body)),
    'x-request-id': id,
    connection: 'close',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${body}`);
}
