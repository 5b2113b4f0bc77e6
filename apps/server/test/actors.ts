import { accepted, Client } from '#client/client.js';
import { reportId } from '#commands/ids.js';
import { delegableActs } from '#domain/institution/institution.js';
import type { Grant } from '#domain/roles.js';
import { happened } from './happened.js';
import { applicant, closedCall, contents, pdf, ready, submit, unsealed } from './applicants.js';
import { afterwards, appointed, lateSecrets } from './late-stages.js';
import { type Cast, castOf, preparing, publishedCall } from './stage.js';
import type { Person, World } from './world.js';

/** Somebody who knocks at every route. */
export interface Actor {
  readonly name: string;
  readonly client: Client;
  /** `anonymous`, or the id of the person. */
  readonly person: string;
  readonly grants: readonly Grant[];
  /** The delegation a delegate signs under. */
  readonly under?: string;
}

/** What they may know of, or not: a call in preparation, one that is open, one that is unsealed, and a file in each. */
export interface Theatre {
  readonly cast: Cast;
  readonly actors: readonly Actor[];
  /** In preparation: CAF-44 has joined it. */
  readonly secretCall: string;
  readonly openCall: string;
  readonly unsealedCall: string;
  readonly organisation: string;
  /** In the open call, sealed. */
  readonly draft: string;
  /** In the unsealed call, with its document: reviewed, ranked, awarded, with an agreement and a report to come. */
  readonly file: string;
  /** In the open call, of an applicant who is nobody's actor. */
  readonly sealed: string;
  readonly document: string;
  readonly receipt: string;
  readonly question: string;
  readonly report: string;
  /** A message about the open call, which bounced. */
  readonly notice: string;
  /** One of the actors, finance officer of ARS-PDL: the person concerned. */
  readonly concerned: Person;
  /** Nobody's actor: whom others invite, name, appoint, delegate to. */
  readonly bystander: Person;
  /** Texts that nobody may meet who may not know of the thing. */
  readonly secrets: readonly string[];
}

export const secretTitle = 'Titre encore confidentiel';
const draftTitle = 'Brouillon que nul ne lit';
const sealedTitle = 'Dossier encore scellé';

export async function theatreOf(world: World): Promise<Theatre> {
  const cast = await castOf(world);
  const { ars } = cast;
  await world.institution('DRAC-PDL', 'Direction régionale des affaires culturelles', 'other');
  const named = (role: string, institution: string) =>
    world.person(`${role} ${institution}`, [role, 'institution', institution]);
  const concerned = await named('finance-officer', 'ARS-PDL');
  const outsiders = await Promise.all(
    ['administrator', 'signatory', 'case-officer', 'finance-officer', 'partner'].map((role) => named(role, 'DRAC-PDL')),
  );
  const cafAdministrator = await named('administrator', 'CAF-44');
  const bystander = await world.person('Basile Spectateur');
  const delegates = [
    await delegate(world, ars.signatory, 'ARS-PDL'),
    await delegate(world, outsiders[1] ?? ars.signatory, 'DRAC-PDL'),
  ];

  const openCall = await publishedCall(world, cast);
  const unsealedCall = await closedCall(world, cast);
  const own = await applicant(world, cast, 1);
  const other = await applicant(world, cast, 2);
  const preparers = await Promise.all([own, other].map(({ organisation }) => preparer(world, cast, organisation)));
  const draft = await ready(own.person, openCall, own.organisation, { title: draftTitle });
  const file = await ready(own.person, unsealedCall, own.organisation);
  const { receipt } = accepted(await submit(own.person, file));
  const shown = accepted(await own.person.get<{ documents: { document: string }[] }>(`/api/applications/${file}`));
  const third = await applicant(world, cast, 3);
  const sealed = await ready(third.person, openCall, third.organisation, { title: sealedTitle });
  accepted(await submit(third.person, sealed));
  const { id: question } = accepted(
    await bystander.post<{ id: string }>(`/api/calls/${openCall}/ask-question`, {
      text: 'Question pas encore publiée',
    }),
  );
  const notice = 'notice-in-vain';
  await happened(
    world,
    `notice-${notice}`,
    {
      type: 'NoticeIssued',
      kind: 'call-cancelled',
      to: bystander.id,
      about: { fact: notice, stream: `call-${openCall}`, call: openCall },
      messageId: '<in-vain@convergence>',
    },
    { type: 'NoticeBounced', code: 550, attempt: 1, address: 'first' },
  );
  const secretCall = await preparing(cast, { title: secretTitle });
  accepted(
    await ars.admin.post(`/api/calls/${secretCall}/invite-partner`, { partner: 'CAF-44', presence: 'expected' }),
  );
  accepted(
    await cast.caf.post(`/api/calls/${secretCall}/answer-partner-invitation`, {
      institution: 'CAF-44',
      accepted: true,
    }),
  );
  const [reviewer, member, chair, reviewerElsewhere, chairElsewhere] = await Promise.all([
    world.person('Élise Évaluatrice'),
    world.person('Maud Membre'),
    world.person('Paule Présidente'),
    world.person('Rémi Évaluateur'),
    world.person('Pierre Président'),
  ]);
  const auditor = await world.person('Aude Auditrice', ['auditor', 'everywhere']);
  const person = await world.person('Simple Personne');
  world.clock.set('2021-07-02T08:00:00Z');
  await unsealed(ars.admin, unsealedCall);
  await afterwards(world, {
    call: unsealedCall,
    ...{ file, organisation: own.organisation },
    reviewers: [reviewer.id, bystander.id],
    members: [
      { person: member.id, chair: false },
      { person: bystander.id, chair: false },
      { person: chair.id, chair: true },
    ],
  });
  await appointed(world, openCall, [reviewerElsewhere.id], [{ person: chairElsewhere.id, chair: true }]);

  const people: [string, Client, string?][] = [
    ['finance-officer ARS-PDL', concerned],
    ['administrator ARS-PDL', ars.admin],
    ['signatory ARS-PDL', ars.signatory],
    ['case-officer ARS-PDL', ars.officer],
    ['administrator DREETS-PDL', cast.dreets.admin],
    ['signatory DREETS-PDL', cast.dreets.signatory],
    ['partner CAF-44', cast.caf],
    ['administrator CAF-44', cafAdministrator],
    ...outsiders.map((client): [string, Client] => ['somebody of DRAC-PDL', client]),
    ...delegates.map(({ client, under }): [string, Client, string] => ['delegate', client, under]),
    ['reviewer', reviewer],
    ['member', member],
    ['chair', chair],
    ['reviewer of another call', reviewerElsewhere],
    ['chair of another call', chairElsewhere],
    ['submitter', own.person],
    ['submitter of another', other.person],
    ...preparers.map((client): [string, Client] => ['preparer', client]),
    ['auditor', auditor],
    ['operator', world.operator],
    ['person', person],
  ];
  const actors = await Promise.all(people.map(([, client, under]) => actorOf(client, under)));
  return {
    cast,
    actors: [...actors, { name: 'anonymous', client: world.anonymous, person: 'anonymous', grants: [] }],
    ...{ secretCall, openCall, unsealedCall, organisation: own.organisation, draft, file, receipt, question },
    sealed,
    report: reportId(file, 'activity'),
    document: shown.documents[0]?.document ?? '',
    ...{ concerned, bystander, notice },
    secrets: [
      secretTitle,
      draftTitle,
      sealedTitle,
      contents.title,
      contents.contact.email,
      'finance.officer.ars.pdl@',
      'Question pas',
      ...lateSecrets,
    ],
  };
}

async function actorOf(client: Client, under?: string): Promise<Actor> {
  const { id, grants } = accepted(await client.get<{ id: string; grants: Grant[] }>('/api/me'));
  const held = grants.map(({ role, scope }) => `${role} ${scope.kind === 'everywhere' ? '' : scope.id}`.trim());
  return { name: held.join(', ') || 'person', client, person: id, grants, ...(under !== undefined && { under }) };
}

async function delegate(
  world: World,
  signatory: Client,
  institution: string,
): Promise<{ client: Person; under: string }> {
  const client = await world.person(`Délégataire ${institution}`);
  const { id: under } = accepted(
    await signatory.post<{ id: string }>(`/api/institutions/${institution}/grant-delegation`, {
      holder: client.id,
      acts: delegableActs,
      from: '2021-01-01',
      until: '2021-12-31',
      reference: 'Arrêté n° 2021-20',
    }),
  );
  return { client, under };
}

async function preparer(world: World, { ars }: Cast, organisation: string): Promise<Person> {
  const person = await world.person(
    `Préparateur ${organisation.slice(-4).replace(/\d/g, (digit) => 'abcdefghij'[+digit] ?? '')}`,
  );
  accepted(await person.post(`/api/organisations/${organisation}/claim`));
  accepted(
    await ars.officer.post(`/api/organisations/${organisation}/confirm-claim`, { person: person.id, power: 'prepare' }),
  );
  return person;
}

export const someDocument = (): Uint8Array => pdf('Une pièce');
