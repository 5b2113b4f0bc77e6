import type { FastifyRequest } from 'fastify';
import { digest } from '#commands/canonical.js';
import { changesIdentity, type SignedIn, signedInBy } from '#read-models/identity.js';
import type { Projector } from '#read-models/projector.js';

const MOST = 20_000;

/** Who a token belongs to, from the views; kept until something about anybody's rights changes. */
export class SignIn {
  private readonly senders = new WeakMap<FastifyRequest, SignedIn | undefined>();
  private readonly known = new Map<string, SignedIn | undefined>();

  constructor(private readonly projector: Projector) {
    projector.changes.add((types) => {
      for (const type of types) if (type === '*' || changesIdentity.has(type)) return this.known.clear();
    });
  }

  /** Who sent a request: looked up once, however many ask. */
  senderOf(request: FastifyRequest, now: string): SignedIn | undefined {
    if (!this.senders.has(request)) this.senders.set(request, this.personOf(request.headers.authorization, now));
    return this.senders.get(request);
  }

  /** The views know more by now. */
  lookAgain(request: FastifyRequest): void {
    this.senders.delete(request);
  }

  /** Undefined for a header without a token, and for a token that is unknown, revoked or expired. */
  private personOf(authorization: string | undefined, now: string): SignedIn | undefined {
    const token = authorization === undefined ? undefined : /^Bearer ([\x21-\x7e]{1,200})$/.exec(authorization)?.[1];
    if (token === undefined) return undefined;
    const hash = digest(token);
    let session = this.known.get(hash);
    if (session === undefined && !this.known.has(hash)) {
      session = signedInBy(this.projector.views, hash);
      if (this.known.size >= MOST) this.known.clear();
      this.known.set(hash, session);
    }
    return session && session.expiresAt > now ? session : undefined;
  }
}
