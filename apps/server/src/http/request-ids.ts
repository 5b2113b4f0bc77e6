import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** A UUID or as many hexadecimal digits: it is kept with facts for ever, so nobody's words may pass for one. */
const id = /^(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32})$/i;
// W3C Trace Context, version 00; zeros alone are no id.
const traceParent = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

/** What a request is called in the log, in its answer and with the facts it makes: as whoever sent it says, or anew. */
export function requestIdOf({ headers }: { readonly headers: IncomingHttpHeaders }): string {
  const given = headers['x-request-id'];
  if (typeof given === 'string' && id.test(given)) return given.toLowerCase();
  return traceParent.exec(textOf(headers.traceparent))?.[1] ?? randomUUID();
}

const textOf = (header: string | string[] | undefined): string => (typeof header === 'string' ? header : '');
