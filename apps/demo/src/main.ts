import { accepted } from '#client/client.js';
import { award } from './awarding.js';
import { close, why } from './closing.js';
import { readCall } from './data.js';
import { deliberate } from './deliberation.js';
import { examine } from './examination.js';
import { agree, giveAccounts, hirePayers, payAdvances } from './paying.js';
import { install, moveCalendar, signLetter } from './preparation.js';
import { invitePartners, publish, settle } from './publication.js';
import { rebuild } from './rebuild.js';
import { review } from './reviewing.js';
import type { Scene } from './scene.js';
import { afterwards, arrive, questions, shiftAgain, submit } from './submission.js';
import { Theatre } from './theatre.js';
import { Timeline } from './timeline.js';

const theatre = new Theatre();
const timeline = new Timeline(
  () => theatre.when,
  (line) => process.stdout.write(`${line}\n`),
);
const started = Date.now();

try {
  const data = readCall();
  process.stdout.write(`Convergence — démonstration : ${data.title}, 2021\n`);
  process.stdout.write(
    'Tout passe par HTTP, par des personnes distinctes et connectées, aux dates de 2021 (personnes fictives).\n',
  );
  await theatre.open();
  timeline.chapter("Lettre d'intention");
  await theatre.at('2021-05-12 09:00');
  const leads = await install(theatre, timeline, data);
  await theatre.at('2021-05-12 10:00');
  const call = await signLetter(theatre, timeline, data, leads);

  timeline.chapter('Préparation à plusieurs');
  await theatre.at('2021-05-12 14:00');
  await moveCalendar(theatre, timeline, data, leads, call);
  await invitePartners(theatre, timeline, data, leads, call);
  await settle(theatre, timeline, data, leads, call);

  timeline.chapter('Publication');
  await publish(theatre, timeline, leads, call);

  timeline.chapter('Dépôt : 29 organismes réels');
  const applicants = await arrive(theatre, timeline, leads, call);
  await questions(theatre, timeline, leads, call, applicants);
  await shiftAgain(theatre, timeline, data, leads, call);
  await submit(theatre, timeline, leads, call, applicants);
  await afterwards(theatre, timeline, leads, call, applicants);

  const scene: Scene = { theatre, timeline, leads, call, applicants };
  timeline.chapter('Recevabilité');
  const admissible = await examine(scene);
  timeline.chapter('Évaluation');
  const reviewed = await review(scene, admissible);
  timeline.chapter('Commission');
  const ranking = await deliberate(scene, reviewed);
  timeline.chapter('Décision');
  const awarded = await award(scene, ranking);
  timeline.chapter('Conventions et versements');
  const payers = await hirePayers(scene);
  const funded = await agree(scene, awarded, payers);
  await giveAccounts(scene, funded, payers);
  await payAdvances(scene, funded, payers);
  timeline.chapter('Bilans, reversement, clôture');
  await close(scene, funded, payers);

  await why(scene, funded);
  timeline.chapter('Pourquoi ? Le récit public de cet appel');
  const { steps } = accepted(
    await theatre
      .client()
      .get<{ steps: { said: string; sentence: string; rule: string }[] }>(`/api/calls/${call}/story`),
  );
  for (const { said, sentence, rule } of steps) timeline.detail(`${said}\n  ${sentence}\n  règle : ${rule}`);

  timeline.chapter('Rien ne se perd');
  await rebuild(theatre, timeline, leads, call, applicants);
  timeline.detail(`${theatre.messages().length} messages écrits dans la boîte d'envoi`);
  process.stdout.write(`\nDémonstration terminée en ${((Date.now() - started) / 1000).toFixed(1)} s.\n`);
} finally {
  await theatre.close().catch(() => undefined);
}
