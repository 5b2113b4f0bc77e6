import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Inject, Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { UnknownFact } from '#commands/folded.js';
import { Refused, StaleVersion } from '#commands/handler.js';
import { DocumentAltered, DocumentMissing, DocumentRefused, DocumentsUnavailable } from '#documents/documents.js';
import type { RefusalKind } from '#domain/decider.js';
import { StoreUnavailable, StreamDeleted, TooLarge } from '#event-store/event-store.js';
import { BadCursor } from '#read-models/listing.js';
import { ViewsBehind } from '#read-models/projector.js';
import { SERVICE } from '../tokens.js';
import type { Service } from '../service.js';
import type { SignedRequest } from './by.js';
import { ForgedPosition } from './position-tokens.js';
import { Problem } from './problem.js';
import { InvalidInput } from './validation.js';

const statusOf: Record<RefusalKind, number> = { state: 409, forbidden: 403, absent: 404, invalid: 422 };

/** The only place where errors become HTTP: RFC 9457 problems, a stable code and a French sentence. */
@Catch()
@Injectable()
export class ProblemDetailsFilter implements ExceptionFilter {
  constructor(@Inject(SERVICE) private readonly service: Service) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<SignedRequest>();
    const reply = http.getResponse<FastifyReply>();
    const problem = problemOf(error);
    if (problem.status >= 500) request.log.error({ err: error, code: problem.code }, 'problem');
    if (reply.sent) return;
    const { status, headers } = problem;
    void reply
      .code(status)
      .headers({ 'content-type': problemType, ...headers })
      .send(bodyOf(problem, request.id));
  }
}

export const problemType = 'application/problem+json; charset=utf-8';

/** The problem as it is sent. */
export const bodyOf = ({ status, code, sentence, faults }: Problem, request: string): object => ({
  type: `urn:convergence:problem:${code}`,
  title: titleOf(status),
  status,
  code,
  detail: sentence,
  instance: `urn:convergence:request:${request}`,
  ...(faults.length > 0 && { faults }),
});

export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof Refused) {
    const { kind, code, sentence, faults } = error.refusal;
    return new Problem(statusOf[kind], code, sentence, faults);
  }
  if (error instanceof InvalidInput) {
    return new Problem(
      400,
      'InvalidInput',
      'La requête ne peut pas être lue : corrigez les champs signalés.',
      error.faults,
    );
  }
  if (error instanceof StaleVersion) {
    return new Problem(
      412,
      'StaleVersion',
      "Quelqu'un a modifié cet objet depuis votre lecture : relisez-le, puis recommencez.",
    );
  }
  if (error instanceof ForgedPosition)
    return new Problem(400, 'PositionForged', "Cette position n'est pas de ce journal.");
  if (error instanceof BadCursor)
    return new Problem(400, 'CursorInvalid', "Ce curseur n'est pas de cette liste : reprenez au début.");
  if (error instanceof ViewsBehind)
    return later('ViewsBehind', 'Les pages rattrapent le journal : réessayez dans un instant.', 1);
  if (error instanceof StoreUnavailable) return unavailable(error);
  if (error instanceof TooLarge) return new Problem(413, ...(generic[413] as [string, string]));
  if (error instanceof UnknownFact) {
    return later('NewerFact', 'Ce journal contient des faits plus récents que cette version du service.', 60);
  }
  if (error instanceof DocumentRefused) return documentProblem(error);
  if (error instanceof DocumentsUnavailable) {
    return later(
      'DocumentsUnavailable',
      "Le stockage des pièces n'est pas disponible : rien n'a été enregistré, réessayez dans un instant.",
      ['away', 'slow', 'busy'].includes(error.reason) ? 5 : 60,
    );
  }
  if (error instanceof DocumentAltered) {
    return new Problem(500, 'DocumentAltered', "Cette pièce est altérée : prévenez l'exploitant du service.");
  }
  if (error instanceof DocumentMissing || error instanceof StreamDeleted) {
    return new Problem(410, 'ContentsForgotten', 'Ce contenu a été effacé.');
  }
  return systemProblem(error) ?? httpProblem(error);
}

const later = (code: string, sentence: string, seconds: number): Problem =>
  new Problem(503, code, sentence, [], { 'retry-after': String(seconds) });

function unavailable({ reason }: StoreUnavailable): Problem {
  if (reason === 'full')
    return later(
      'DiskFull',
      "Le disque du service est plein : rien n'est perdu, mais rien ne peut être enregistré.",
      60,
    );
  if (reason === 'busy') return later('LogBusy', 'Le journal est très sollicité : réessayez dans un instant.', 1);
  return later('LogUnavailable', "Le journal n'est pas disponible : réessayez dans un instant.", 5);
}

function documentProblem({ reason }: DocumentRefused): Problem {
  switch (reason) {
    case 'too-large':
      return new Problem(413, 'DocumentTooLarge', 'Cette pièce est trop volumineuse.');
    case 'empty':
      return new Problem(422, 'DocumentEmpty', 'Cette pièce est vide.');
    case 'type':
      return new Problem(
        415,
        'DocumentTypeRefused',
        'Le contenu de cette pièce doit être un PDF, une image PNG ou JPEG, ou un document bureautique.',
      );
    case 'cut':
      return new Problem(400, 'DocumentCut', "L'envoi de cette pièce a été interrompu.");
  }
}

/** What the operating system refuses: full disks are a state of the service, not a fault of it. */
function systemProblem(error: unknown): Problem | undefined {
  const { code } = error as { code?: string };
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'SQLITE_FULL')
    return unavailable(new StoreUnavailable('full', code));
  if (code === 'EMFILE' || code === 'ENFILE') return unavailable(new StoreUnavailable('busy', code));
  return undefined;
}

/** What Fastify and Nest refuse before a route is met. */
function httpProblem(error: unknown): Problem {
  const status =
    error instanceof HttpException ? error.getStatus() : ((error as { statusCode?: number }).statusCode ?? 500);
  const known = generic[status];
  if (known) return new Problem(status, known[0], known[1]);
  if (status >= 400 && status < 500) return new Problem(status, 'BadRequest', "Cette requête n'est pas valable.");
  return new Problem(
    500,
    'Unexpected',
    "Une erreur inattendue s'est produite ; elle est enregistrée sous ce numéro de requête.",
  );
}

const generic: Readonly<Record<number, readonly [string, string]>> = {
  400: ['Unreadable', "Le corps de la requête n'est pas du JSON valable."],
  404: ['NotFound', 'Cette adresse ne mène à rien.'],
  405: ['MethodNotAllowed', "Cette méthode n'est pas admise ici."],
  408: ['Timeout', 'La requête a mis trop de temps à arriver.'],
  413: ['BodyTooLarge', 'Le corps de la requête est trop volumineux.'],
  414: ['AddressTooLong', "L'adresse est trop longue."],
  415: ['MediaTypeRefused', 'Envoyez un corps de type application/json.'],
  417: ['ExpectationFailed', "Cet en-tête Expect n'est pas admis."],
  429: ['TooManyRequests', 'Trop de requêtes : patientez avant de réessayer.'],
  431: ['HeadersTooLarge', 'Les en-têtes de la requête sont trop longs.'],
};

const titles: Readonly<Record<number, string>> = {
  400: 'Bad request',
  401: 'Not signed in',
  403: 'Not allowed',
  404: 'Not found',
  409: 'Refused',
  410: 'Gone',
  412: 'Stale version',
  413: 'Too large',
  415: 'Unsupported media type',
  422: 'Invalid',
  428: 'Version required',
  429: 'Too many requests',
  500: 'Unexpected error',
  503: 'Try again later',
};
const titleOf = (status: number): string => titles[status] ?? 'Bad request';
