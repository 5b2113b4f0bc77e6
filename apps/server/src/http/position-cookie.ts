import type { FastifyRequest } from 'fastify';

const NAME = 'convergence-position';
/** Seconds: much longer than any server is behind. */
const LASTS = 60;
const written = new RegExp(`(?:^|; *)${NAME}=([\\x21-\\x3a\\x3c-\\x7e]{1,200})(?:;|$)`);

/** What a browser brings back by itself, whichever server answers it next. */
export const positionCookie = (token: string): string =>
  `${NAME}=${token}; Path=/; Max-Age=${LASTS}; HttpOnly; SameSite=Lax`;

export function positionInCookie({ headers: { cookie } }: FastifyRequest): string | undefined {
  return cookie === undefined ? undefined : written.exec(cookie)?.[1];
}
