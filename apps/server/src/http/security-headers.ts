import helmet from 'helmet';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** What helmet says every answer should carry: asked once, since it is the same for all. */
export function securityHeaders(): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {};
  const noted = {
    setHeader: (name: string, value: string) => (headers[name.toLowerCase()] = value),
    removeHeader: () => undefined,
  };
  const secure = helmet({
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        frameAncestors: ["'none'"],
        upgradeInsecureRequests: null,
      },
    },
  });
  secure({} as IncomingMessage, noted as unknown as ServerResponse, (error) => {
    if (error) throw error as Error;
  });
  return headers;
}
