import { accepted } from '#client/client.js';
import { award } from './awarding.js';
import { showOutbox, showReminders } from './board.js';
import { close, why } from './closing.js';
import { convene, conveneAgain } from './convening.js';
import { readCall } from './data.js';
import { deliberate } from './deliberation.js';
import { examine } from './examination.js';
import { agree, giveAccounts, hirePayers, payAdvances } from './paying.js';
import { install, moveCalendar, signLetter } from './preparation.js';
import { invitePartners, publish, settle } from './publication.js';
import { rebuild } from './rebuild.js';
import { Receiver } from './receiver.js';
import { Reminding } from './reminding.js';
import { endReview, review } from './reviewing.js';
import type { Scene } from './scene.js';
import { shiftAgain, subscribe } from './shifting.js';
import { afterwards, arrive, questions, submit } from './submission.js';
import { Theatre } from './theatre.js';
import { Timeline } from './timeline.js';

const theatre = new Theatre();
const timeline = new Timeline(
  () => theatre.when,
  (line) => process.stdout.write(`${line}\n`),
);
const receiver = new Receiver();
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
  const partners = await invitePartners(theatre, timeline, data, leads, call);
  await settle(theatre, timeline, data, leads, call);

  timeline.chapter('Publication');
  await publish(theatre, timeline, leads, call);
  const reminding = new Reminding(theatre, timeline, leads.ars.admin, call);
  theatre.onTheWay = (instant) => reminding.upTo(instant);

  timeline.chapter('Dépôt : 29 organismes réels');
  const applicants = await arrive(theatre, timeline, leads, call);
  const scene: Scene = { theatre, timeline, leads, call, applicants, partners, reminding };
  await subscribe(scene, receiver);
  const answerTheOther = await questions(theatre, timeline, leads, call, applicants);
  await submit(theatre, timeline, leads, call, applicants, answerTheOther);
  await afterwards(theatre, timeline, leads, call, applicants);

  timeline.chapter('Recevabilité');
  const admissible = await examine(scene);
  timeline.chapter('Évaluation');
  const reviewing = await review(scene, admissible);
  timeline.chapter('Le calendrier bouge une seconde fois');
  const sitting = await convene(scene, admissible);
  await shiftAgain(scene, data, { sitting, reviewers: reviewing.reviewers, receiver });
  await conveneAgain(scene, sitting);
  const reviewed = await endReview(scene, reviewing);
  timeline.chapter('Commission');
  const ranking = await deliberate(scene, reviewed, sitting);
  timeline.chapter('Décision');
  const awarded = await award(scene, ranking, reviewed);
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

  timeline.chapter('Les rappels, relus par l’API');
  await showReminders(scene);
  showOutbox(scene);

  timeline.chapter('Rien ne se perd');
  await rebuild(theatre, timeline, leads, call, applicants);
  process.stdout.write(`\nDémonstration terminée en ${((Date.now() - started) / 1000).toFixed(1)} s.\n`);
} finally {
  receiver.close();
  await theatre.close().catch(() => undefined);
}
