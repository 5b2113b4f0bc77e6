import { absent, type Decision, Refusal, refuse } from '../decider.js';
import type { ApplicationContext, ApplicationEvent, KnownApplication, Of } from './application-facts.js';
import { writable } from './drafting.js';

const MOST_DOCUMENTS = 50;
export const mediaTypes = {
  'application/pdf': 'PDF',
  'image/png': 'PNG',
  'image/jpeg': 'JPEG',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'Word',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'Excel',
  'application/vnd.oasis.opendocument.text': 'OpenDocument texte',
  'application/vnd.oasis.opendocument.spreadsheet': 'OpenDocument tableur',
} as const;

export function attach(
  command: Of<'AttachDocument'>,
  state: KnownApplication,
  context: ApplicationContext,
): Decision<ApplicationEvent> {
  const { document, code, sha256, size, mediaType, content } = command;
  const open = writable(state, command.at, context, code);
  if (open instanceof Refusal) return open;
  if (code !== 'other' && !open.specifications.compulsoryDocuments.some((compulsory) => compulsory.code === code)) {
    return refuse('DocumentCodeUnknown', `L'appel ne demande pas de pièce « ${code} » : joignez-la comme « other ».`);
  }
  if (state.documents.length >= MOST_DOCUMENTS) {
    return refuse('TooManyDocuments', `Un dossier compte au plus ${MOST_DOCUMENTS} pièces.`);
  }
  if (state.documents.some((known) => known.sha256 === sha256 && known.code === code)) {
    return refuse('AlreadyAttached', 'Cette pièce est déjà jointe au dossier.');
  }
  return [{ type: 'DocumentAttached', document, code, sha256, size, mediaType, content }];
}

/** A submitted version keeps its documents: only the draft loses them. */
export function removeDocument(
  command: Of<'RemoveDocument'>,
  state: KnownApplication,
  context: ApplicationContext,
): Decision<ApplicationEvent> {
  const known = state.documents.find(({ document }) => document === command.document);
  const open = writable(state, command.at, context, known?.code);
  if (open instanceof Refusal) return open;
  if (!known) {
    return absent('DocumentUnknown', "Cette pièce n'est pas jointe au dossier.");
  }
  return [{ type: 'DocumentRemoved', document: command.document }];
}
