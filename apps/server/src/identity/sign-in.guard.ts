import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { roleThatAllows } from '#domain/roles.js';
import type { Position } from '#event-store/event-store.js';
import type { SignedRequest } from '../http/by.js';
import { positionInCookie } from '../http/position-cookie.js';
import { Problem } from '../http/problem.js';
import { ROUTE, type RouteRule } from '../http/route.js';
import type { Service } from '../service.js';
import { SERVICE } from '../tokens.js';

const PATIENCE_MS = 5000;

/** Every route is a line of the role table; one that isn't answers nobody. */
@Injectable()
export class SignInGuard implements CanActivate {
  private readonly rules = new Map<object, RouteRule | undefined>();

  constructor(
    @Inject(SERVICE) private readonly service: Service,
    @Inject(Reflector) private readonly reflector: Reflector,
  ) {}

  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const request = context.switchToHttp().getRequest<SignedRequest>();
    const rule = this.ruleOf(context.getHandler());
    if (!rule) throw new Problem(404, 'NotFound', 'Cette adresse ne mène à rien.');
    if (rule.entry === 'Service') return true;
    if (!this.service.projector.ready) {
      const { halted } = this.service.projector;
      const sentence = halted
        ? "Le service est arrêté sur un fait qu'il ne sait pas lire : prévenez son exploitant."
        : 'Le service démarre : réessayez dans un instant.';
      throw new Problem(503, 'NotReady', sentence, [], { 'retry-after': halted ? '60' : '1' });
    }
    const position = this.positionOf(request);
    if (position === undefined || this.service.projector.has(position)) return this.identify(request, rule, position);
    // Written through another server, perhaps what makes this person known here.
    return this.service.projector.reached(position, PATIENCE_MS).then(() => {
      this.service.signIn.lookAgain(request);
      return this.identify(request, rule, position);
    });
  }

  /** What the person has written, as their program says it, or their browser. @throws ForgedPosition */
  private positionOf(request: SignedRequest): Position | undefined {
    const { positions } = this.service;
    const given = header(request, 'convergence-position', /^[\x21-\x7e]{1,200}$/, 'PositionForged');
    if (given !== undefined) return positions.read(given);
    const kept = positionInCookie(request);
    return kept === undefined ? undefined : positions.readIfOurs(kept);
  }

  private identify(request: SignedRequest, rule: RouteRule, position: Position | undefined): boolean {
    const { authorization } = request.headers;
    const session = this.service.signIn.senderOf(request, request.arrivedAt);
    if (authorization !== undefined && !session) throw notSignedIn("Ce jeton n'est pas valable, ou plus.");
    if (!session && !rule.roles.includes('anyone')) throw notSignedIn('Connectez-vous : cette page demande un jeton.');
    if (session && !session.scopes.includes(rule.scope)) {
      throw new Problem(403, 'TokenScope', `Ce jeton ne permet pas cela : il lui faut la portée « ${rule.scope} ».`);
    }
    if (rule.kind === 'service' && !(session && roleThatAllows(rule.roles, session, {}))) throw notAllowed();
    const key = header(request, 'idempotency-key', /^[\x21-\x7e]{1,200}$/, 'IdempotencyKeyInvalid');
    const ifMatch = rule.kind === 'act' ? ifMatchOf(request) : undefined;
    if (rule.ifMatch && ifMatch === undefined) {
      throw new Problem(
        428,
        'IfMatchMissing',
        "Indiquez la version que vous avez lue (en-tête If-Match, valeur de l'ETag).",
      );
    }
    request.by = {
      person: session?.person ?? 'anonymous',
      grants: session?.grants ?? [],
      conflicts: session?.conflicts ?? [],
      at: request.arrivedAt,
      correlation: request.id,
      answer: {},
      ...(key !== undefined && rule.kind === 'act' && { key }),
      ...(ifMatch !== undefined && { ifMatch }),
      ...(position !== undefined && { position }),
    };
    return true;
  }

  private ruleOf(handler: object): RouteRule | undefined {
    if (!this.rules.has(handler))
      this.rules.set(handler, this.reflector.get<RouteRule | undefined>(ROUTE, handler as never));
    return this.rules.get(handler);
  }
}

const notAllowed = (): Problem => new Problem(403, 'NotAllowed', 'Vos droits ne permettent pas cette action.');

const notSignedIn = (sentence: string): Problem =>
  new Problem(401, 'NotSignedIn', sentence, [], { 'www-authenticate': 'Bearer realm="Convergence"' });

function header(request: SignedRequest, name: string, form: RegExp, code: string): string | undefined {
  const value = request.headers[name];
  if (value === undefined) return undefined;
  if (typeof value === 'string' && form.test(value)) return value;
  throw new Problem(400, code, `L'en-tête ${name} n'est pas valable.`);
}

/** `"12"`, as our ETags are; `*` sets no condition. */
function ifMatchOf(request: SignedRequest): number | undefined {
  const value = header(request, 'if-match', /^(\*|(W\/)?"\d{1,9}")$/, 'IfMatchInvalid');
  return value === undefined || value === '*' ? undefined : Number(/\d+/.exec(value)?.[0]);
}
