import type { FastifyRequest } from 'fastify';
import { destination, type DestinationStream, type Logger, pino } from 'pino';

/** What may be logged of things that hold more: never headers or addresses, where tokens are. */
const lineSerializers = {
  req: ({ method, routeOptions }: Partial<FastifyRequest>) => ({ method, route: routeOptions?.url }),
  res: ({ statusCode }: { readonly statusCode?: number }) => ({ status: statusCode }),
  err: (error: unknown) => errorLine(error),
};

/** The log of a process: lines of JSON, on its standard output unless they go elsewhere. */
export const newLog = (level: string, to: DestinationStream = destination(1)): Logger =>
  pino({ level, base: undefined, timestamp: pino.stdTimeFunctions.isoTime, serializers: lineSerializers }, to);

const MOST_CAUSES = 3;

interface ErrorLine {
  readonly type: string;
  readonly message: string;
  readonly stack?: string | undefined;
  readonly code?: string | number;
  readonly cause?: ErrorLine;
}

/** Kind, code, words and stack. Clients hang more on their errors: commands with passwords, whole answers. */
function errorLine(error: unknown, depth = 0): ErrorLine {
  if (!(error instanceof Error)) return { type: typeof error, message: 'not an error' };
  const { code } = error as { code?: unknown };
  return {
    type: error.name,
    message: withoutCredentials(error.message),
    stack: error.stack && withoutCredentials(error.stack),
    ...((typeof code === 'string' || typeof code === 'number') && { code }),
    ...(error.cause !== undefined && depth < MOST_CAUSES && { cause: errorLine(error.cause, depth + 1) }),
  };
}

/** `redis://user:password@host` without what is before the host. */
const withoutCredentials = (text: string): string => text.replace(/\b([a-z][\w+.-]*:\/\/)[^\s/]*@/gi, '$1…@');
