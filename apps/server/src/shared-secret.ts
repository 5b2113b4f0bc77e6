import { digest } from '#commands/canonical.js';
import type { EventStore } from '#event-store/event-store.js';
import { WrongConfiguration } from './configuration.js';

const REGISTER = 'secret';

/**
 * Machines that share a log sign and hash with the same secret: the first leaves its digest there, the others compare
 * theirs. @throws WrongConfiguration
 */
export async function agreeOnSecret({ registers, logId }: EventStore, secret: string): Promise<void> {
  if (!registers) return;
  const value = { digest: digest(`secret of ${logId}\n${secret}`) };
  if (await registers.write(REGISTER, 'none', value)) return;
  const agreed = (await registers.read(REGISTER))?.value as Partial<typeof value> | undefined;
  if (agreed?.digest === value.digest) return;
  throw new WrongConfiguration(
    "Ce secret n'est pas celui des autres serveurs de ce journal : donnez à tous la même SECRET_KEY (ou le même fichier secret.key).",
  );
}
