import { join } from 'node:path';
import { type Documents, DocumentsUnavailable } from '#documents/documents.js';
import { DocumentFolder } from '#documents/folder.js';
import { mediaTypes } from '#domain/application/documents.js';
import { type Configuration, WrongConfiguration } from './configuration.js';

/**
 * The documents of the configuration: on S3, or in a folder of the data folder. A storage that is away is told to
 * `onTrouble` and stops no start; one that will never do stops it. @throws WrongConfiguration
 */
export async function openDocuments(
  {
    documentsOnS3: address,
    dataDir,
    mostDocumentBytes,
  }: Pick<Configuration, 'documentsOnS3' | 'dataDir' | 'mostDocumentBytes'>,
  onTrouble: (error: Error) => void = () => undefined,
): Promise<Documents> {
  const folder = join(dataDir, 'documents');
  const limits = { mostBytes: mostDocumentBytes, mediaTypes: Object.keys(mediaTypes) };
  if (!address) return new DocumentFolder({ folder, ...limits });
  // Loaded only where it is used: it weighs on every start.
  const { S3Documents } = await import('#documents/s3.js');
  const documents = new S3Documents({ address, incoming: join(folder, 'incoming'), ...limits });
  await documents.check().catch((error: unknown) => {
    const { reason, message } = error as DocumentsUnavailable;
    const known = reason === 'no-bucket' || reason === 'refused' ? sentences[reason] : undefined;
    if (known === undefined) return onTrouble(error as Error);
    documents.close();
    throw new WrongConfiguration(`${known} (${message})`);
  });
  return documents;
}

const sentences = {
  'no-bucket': "Le seau de DOCUMENTS_URL n'existe pas : créez-le, ou corrigez son nom.",
  refused:
    "Le stockage des pièces refuse l'accès : vérifiez la clé, le secret, la région et les droits de DOCUMENTS_URL, et l'heure de cette machine.",
};
