import type { Told } from '../told.js';

/** What was filed before the dates moved: each receipt stays. */
export function standing({ filed, calendar }: Told): string {
  if (!filed) return 'Un dossier déjà déposé reste valable.';
  const stands = 'Votre dossier déposé reste valable, et votre accusé de réception aussi';
  return filed.until === undefined
    ? `${stands}.`
    : `${stands}. Si vous le souhaitez, vous pouvez remplacer ce dépôt jusqu'au ${calendar.say(filed.until)}.`;
}
