import { accepted } from '#client/client.js';
import { application } from './data.js';
import { refused } from './preparation.js';
import type { Filed, Scene } from './scene.js';

/** Which of the 29 is incomplete, and what becomes of it. */
const [COMPLETES, COMPLETES_TOO, SILENT, OFF_TOPIC] = [2, 7, 10, 15];
const DUE = '2021-08-27T17:00:00+02:00';

/** Completion requests that reopen what they name, prior refusals, admissible files. */
export async function examine({ theatre, timeline, leads, call, applicants }: Scene): Promise<Filed[]> {
  const { officer, admin } = leads.ars;
  await theatre.at('2021-08-17 10:00');
  const { items } = accepted(
    await officer.get<{ items: { id: string; organisation: string; late: boolean }[] }>(
      `/api/applications?call=${call}&status=submitted&limit=200`,
    ),
  );
  const filed = items.map(({ id, organisation, late }) => {
    const applicant = applicants.find((one) => one.organisation === organisation);
    if (!applicant) throw new Error(`Nobody filed ${id}.`);
    return { ...applicant, file: id, late };
  });
  const at = (index: number): Filed => {
    const found = filed.find((one) => one.index === index);
    if (!found) throw new Error(`File ${index} was not filed.`);
    return found;
  };
  for (const index of [COMPLETES, COMPLETES_TOO, SILENT]) {
    accepted(
      await officer.post(`/api/applications/${at(index).file}/request-completion`, {
        institution: 'ARS-PDL',
        fields: ['publics'],
        documents: [],
        reason: 'Précisez le nombre de familles accompagnées et leur situation.',
        dueAt: DUE,
      }),
    );
  }
  timeline.tell(officer.name, `demande des compléments à 3 organismes, pour le 27 août à 17 h 00 ; l'horloge s'arrête`);
  await theatre.at('2021-08-24 09:30');
  const first = at(COMPLETES);
  const asked = application(first.data, first.index);
  const completed = { ...asked, publics: 'Quarante familles avec un enfant de moins de deux ans, dont dix hébergées.' };
  timeline.tell(first.person.name, 'complète, et en profite pour demander davantage…');
  timeline.detail(
    await refused(
      first.person.post(`/api/applications/${first.file}/complete`, {
        contents: { ...completed, requestedCents: asked.requestedCents - 100 },
      }),
    ),
  );
  for (const index of [COMPLETES, COMPLETES_TOO]) {
    const { person, file, data } = at(index);
    const { receipt } = accepted(
      await person.post<{ receipt: string }>(`/api/applications/${file}/complete`, {
        contents: { ...application(data, index), publics: completed.publics },
      }),
    );
    timeline.tell(person.name, `complète ce qui est demandé : nouvel accusé ${receipt}`);
  }
  await theatre.at('2021-08-27 17:00:01');
  const silent = at(SILENT);
  timeline.tell(silent.person.name, 'répond une seconde trop tard…');
  timeline.detail(
    await refused(
      silent.person.post(`/api/applications/${silent.file}/complete`, {
        contents: { ...application(silent.data, silent.index), publics: completed.publics },
      }),
    ),
  );
  await theatre.at('2021-08-30 09:00');
  const late = filed.find((one) => one.late);
  const refusals = [
    [late, 'late', 'Le pli est arrivé le 14 août, après la date limite du 13 août à 16 h 00.'],
    [silent, 'irregular', 'Les compléments demandés ne sont pas parvenus dans le délai.'],
    [at(OFF_TOPIC), 'off-topic', 'Le projet ne concerne ni les mille premiers jours ni la parentalité.'],
  ] as const;
  for (const [file, ground, reasons] of refusals) {
    accepted(
      await admin.post(`/api/applications/${file?.file}/refuse-beforehand`, {
        institution: 'ARS-PDL',
        grounds: [ground],
        reasons,
      }),
    );
    timeline.tell(admin.name, `refuse d'emblée ${file?.data.name} : ${reasons}`);
  }
  const admissible = filed
    .filter((file) => !refusals.some(([one]) => one?.file === file.file))
    .toSorted((a, b) => a.index - b.index);
  for (const { file } of admissible)
    accepted(await officer.post(`/api/applications/${file}/declare-admissible`, { institution: 'ARS-PDL' }));
  const counted = async (stage: string): Promise<number> =>
    accepted(await officer.get<{ items: unknown[] }>(`/api/applications?call=${call}&stage=${stage}&limit=200`)).items
      .length;
  const [yes, no] = [await counted('admissible'), await counted('refused-beforehand')];
  timeline.tell(
    officer.name,
    `termine la recevabilité : ${filed.length} dossiers déposés = ${yes} recevables + ${no} refusés`,
  );
  if (yes + no !== filed.length) throw new Error('Every file is admissible or refused.');
  return admissible;
}
