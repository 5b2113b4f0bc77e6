import { describe, expect, it } from '@jest/globals';
import { callCancelled, callInPreparation, callOpen } from '../application/fixtures.js';
import { authorising, given as givenCall } from '../call/fixtures.js';
import { absent } from '../decider.js';
import type { CommissionCommand } from './commission-facts.js';
import {
  adjourned,
  ADJOURNED,
  ARS_CHAIR,
  attended,
  CAF,
  CAF_SUBSTITUTE,
  came,
  convened,
  convoked,
  DREETS_CHAIR,
  everybody,
  file,
  FILES,
  given,
  inSession,
  members,
  notAdmissible,
  ofAnotherCall,
  opened,
  planned,
  QUALIFIED,
  ranked,
  RANKED,
  recused,
  SESSION,
  SESSION_UNKNOWN,
  sitting,
  STARTS,
} from './fixtures.js';

const SAID = '30 septembre 2021 à 9 h 30 (heure de Paris)';
const plan = { type: 'PlanSession', session: SESSION, startsAt: STARTS, place: 'Nantes, salle Erdre' } as const;
const again = { ...planned, session: 'session-2', at: '2021-10-10T07:30:00Z', reconvenes: SESSION };
const after = [...convoked, adjourned];

describe('planning a session', () => {
  it('has its hour and its place', () =>
    given(...members)
      .when(plan)
      .then(planned));
  it('may take up again one that was adjourned', () =>
    given(...after)
      .when({ ...plan, session: 'session-2', startsAt: again.at, reconvenes: SESSION })
      .then(again));
  it('is refused under the regime of authorisations, whose rules are not there yet', () =>
    given()
      .when(plan, {}, { call: givenCall(...authorising).state })
      .thenRefused(
        'NotYetSupported',
        "Les règles de la commission de ce régime ne sont pas encore dans le service : sa séance s'y prépare hors ligne.",
      ));
  it('is refused before publication', () =>
    given()
      .when(plan, {}, { call: callInPreparation })
      .thenRefused('NotPublished', "Cet appel n'est pas encore publié."));
  it('is refused while the contents are sealed', () =>
    given()
      .when(plan, {}, { call: callOpen })
      .thenRefused(
        'ContentsSealed',
        "Les dossiers ne sont pas encore ouverts : une séance se prévoit après l'échéance.",
      ));
  it('is refused once the call has ended', () =>
    given().when(plan, {}, { call: callCancelled }).thenRefused('CallEnded', 'Cet appel a été annulé.'));
  it('is refused twice', () => given(planned).when(plan).thenRefused('SessionExists', 'Cette séance est déjà prévue.'));
  it('is refused for an hour that has passed', () =>
    given()
      .when(plan, { at: STARTS })
      .thenRefused('DateInPast', `La séance ne peut pas être prévue le ${SAID} : c'est déjà passé.`));
  it('is refused in place of a session that nobody knows', () =>
    expect(given().when({ ...plan, reconvenes: 'constructor' }).result).toEqual(
      absent('SessionUnknown', SESSION_UNKNOWN),
    ));
  it('is refused in place of a session that was not adjourned', () =>
    given(...convoked)
      .when({ ...plan, session: 'session-2', reconvenes: SESSION })
      .thenRefused('NotAdjourned', 'Seule une séance ajournée faute de quorum se convoque à nouveau.'));
  it('is refused in place of one that is taken up already', () =>
    given(...after, again)
      .when({ ...plan, session: 'session-3', reconvenes: SESSION })
      .thenRefused('AlreadyReconvened', 'Une autre séance reprend déjà celle qui a été ajournée.'));
});

describe('convening a session', () => {
  const convene = {
    type: 'ConveneSession',
    session: SESSION,
    agenda: [...FILES],
    documents: [],
  } satisfies CommissionCommand;
  const history = [...members, planned];
  const inTime = { at: '2021-09-25T21:59:59Z' };
  const late = { at: '2021-09-25T22:00:00Z' };

  it('has an agenda of files that may be examined', () =>
    given(...history)
      .when(convene)
      .then(convened));
  it('names the documents that go with it', () =>
    given(...history)
      .when({ ...convene, documents: ['Rapport des instructeurs'] })
      .then({ ...convened, documents: ['Rapport des instructeurs'] }));
  it('is in time on the fifth day before, until midnight in Paris', () =>
    given(...history)
      .when(convene, inTime)
      .then({ ...convened, convenedAt: inTime.at }));
  it('is refused on the fourth', () =>
    given(...history)
      .when(convene, late)
      .thenRefused(
        'ConvenedTooLate',
        'La convocation part au moins 5 jours avant la séance, sauf urgence motivée (CRPA R133-8) : il en reste 4.',
      ));
  it('may come later where it is urgent, with the reason', () =>
    given(...history)
      .when({ ...convene, urgency: 'Crédits à engager avant le 5 octobre.' }, late)
      .then({ ...convened, urgency: 'Crédits à engager avant le 5 octobre.', convenedAt: late.at }));
  it('is refused once its hour has come, urgent or not', () =>
    given(...history)
      .when({ ...convene, urgency: 'Crédits à engager.' }, { at: STARTS })
      .thenRefused('ConvenedTooLate', `La séance du ${SAID} est passée : prévoyez-en une autre.`));
  it('may be done anew, and the last agenda counts', () =>
    expect(given(...convoked, { ...convened, agenda: ['file-3'] }).state.sessions[SESSION]).toMatchObject({
      agenda: ['file-3'],
      items: [{ application: 'file-3' }],
      places: { 'file-3': 0 },
    }));
  it('is refused without a file', () =>
    given(...history)
      .when({ ...convene, agenda: [] })
      .thenRefused('AgendaEmpty', "L'ordre du jour est vide : inscrivez-y des dossiers."));
  it('is refused with a file twice', () =>
    given(...history)
      .when({ ...convene, agenda: ['file-1', 'file-1'] })
      .thenRefused('AgendaTwice', "Un dossier figure deux fois à l'ordre du jour."));
  it.each([
    ['nobody has declared admissible', notAdmissible],
    ['belongs to another call', ofAnotherCall],
    ['does not exist', { status: 'absent' } as const],
  ])('is refused with a file that %s, naming it', (_, other) =>
    given(...history)
      .when(convene, {}, { applications: [file, other, file] })
      .thenRefused(
        'ApplicationNotAdmissible',
        "La commission n'examine que les dossiers déclarés recevables ; ceux-ci ne le sont pas : file-2.",
      ),
  );
  it('is refused without quorum for a first meeting', () =>
    given(...history)
      .when({ ...convene, noQuorumRequired: true })
      .thenRefused(
        'NoQuorumNotAllowed',
        'Seule une nouvelle réunion après un ajournement peut se tenir sans quorum (CRPA R133-10).',
      ));
  it('may say of a second meeting on the same agenda that it needs no quorum', () =>
    given(...after, again)
      .when({ ...convene, session: 'session-2', noQuorumRequired: true })
      .then({ ...convened, session: 'session-2', noQuorumRequired: true }));
  it('is refused with another agenda, or another order, for a second meeting', () =>
    given(...after, again)
      .when({ ...convene, session: 'session-2', agenda: ['file-2', 'file-1', 'file-3'] })
      .thenRefused('AgendaDiffers', "La nouvelle réunion porte exactement sur l'ordre du jour de la séance ajournée."));
  it.each([
    ['sits', sitting, 'AlreadyOpen', 'Cette séance est déjà ouverte.'],
    ['was adjourned', after, 'SessionOver', ADJOURNED],
    ['has adopted its ranking', ranked, 'SessionOver', RANKED],
  ])('is refused for a session that %s', (_, so, code, sentence) =>
    given(...so)
      .when(convene)
      .thenRefused(code, sentence),
  );
  it('is refused for a session that nobody knows, as not found', () =>
    expect(given().when(convene).result).toEqual(absent('SessionUnknown', SESSION_UNKNOWN)));
});

describe('opening a session', () => {
  const open = { type: 'OpenSession', session: SESSION } as const;
  const two = attended(came(ARS_CHAIR), came(DREETS_CHAIR, 'represented', { by: ARS_CHAIR }), came(CAF, 'absent'));

  it('says the quorum, those who attend remotely included', () =>
    given(...convoked, attended(...everybody.map((entry) => ({ ...entry, as: 'remote' as const }))))
      .when(open, inSession)
      .then(opened));
  it('counts a mandate, and half of the members is enough', () =>
    given(...convoked, two)
      .when(open, inSession)
      .then({ ...opened, quorum: { members: 4, present: 2, needed: 2, required: true } }));
  it('recuses at once whoever declared a conflict on an item, with the substitute who came too', () =>
    given(
      ...convoked,
      {
        type: 'MemberInterestsDeclared',
        member: CAF,
        conflicts: [
          { application: 'file-1', nature: 'governance' },
          { application: 'file-9', nature: 'family' },
        ],
      },
      { type: 'MemberInterestsDeclared', member: 'gone', conflicts: [{ application: 'file-1', nature: 'family' }] },
      attended(...everybody, came(CAF, 'present', { withSubstitute: true })),
    )
      .when(open, inSession)
      .then(opened, recused(CAF, { substitute: CAF_SUBSTITUTE })));
  it('is refused without the quorum, saying how many there are', () =>
    given(...convoked, attended(came(QUALIFIED), came(CAF, 'absent')))
      .when(open, inSession)
      .thenRefused(
        'QuorumNotMet',
        "Le quorum n'est pas atteint : 1 voix présente ou représentée sur 4, il en faut 2 (CRPA R133-10).",
      ));
  it('needs none at a second meeting that said so', () =>
    given(...convoked, { ...convened, noQuorumRequired: true }, attended(came(QUALIFIED)))
      .when(open, inSession)
      .then({ ...opened, quorum: { members: 4, present: 1, needed: 2, required: false } }));
  it('is refused before its hour', () =>
    given(...convoked, attended(...everybody))
      .when(open, { ...inSession, at: '2021-09-30T07:29:59Z' })
      .thenRefused('SessionNotDue', `La séance est prévue le ${SAID} : elle ne commence pas avant.`));
  it('is in time at that second', () =>
    given(...convoked, attended(...everybody))
      .when(open, { ...inSession, at: STARTS })
      .then(opened));
  it.each([
    [
      'nobody has convened',
      [planned],
      'NotConvened',
      "Cette séance n'est pas encore convoquée : convoquez-la avec son ordre du jour.",
    ],
    ['sits', sitting, 'AlreadyOpen', 'Cette séance est déjà ouverte.'],
    ['was adjourned', after, 'SessionOver', ADJOURNED],
    ['has adopted its ranking', ranked, 'SessionOver', RANKED],
  ])('is refused for a session that %s', (_, so, code, sentence) =>
    given(...so)
      .when(open, inSession)
      .thenRefused(code, sentence),
  );
});

describe('adjourning a session', () => {
  const adjourn = { type: 'AdjournSession', session: SESSION } as const;
  const alone = [...convoked, attended(came(QUALIFIED))];

  it('says how many were missing', () =>
    given(...alone)
      .when(adjourn, inSession)
      .then(adjourned));
  it('may come later, once too many have left', () =>
    given(...sitting, attended(came(ARS_CHAIR, 'absent'), came(DREETS_CHAIR, 'absent'), came(CAF, 'absent')))
      .when(adjourn, inSession)
      .then(adjourned));
  it('is refused while the quorum is there', () =>
    given(...sitting)
      .when(adjourn, inSession)
      .thenRefused('QuorumMet', "Le quorum est atteint (4 voix sur 4) : la séance ne s'ajourne pas pour ce motif."));
  it('is refused where none is required', () =>
    given(...convoked, { ...convened, noQuorumRequired: true })
      .when(adjourn, inSession)
      .thenRefused('QuorumMet', "Cette réunion n'exige aucun quorum : elle ne s'ajourne pas pour ce motif."));
  it('is refused before its hour', () =>
    given(...alone)
      .when(adjourn, { ...inSession, at: '2021-09-30T07:29:59Z' })
      .thenRefused('SessionNotDue', `La séance est prévue le ${SAID} : elle ne commence pas avant.`));
  it('is refused twice', () =>
    given(...after)
      .when(adjourn, inSession)
      .thenRefused('SessionOver', ADJOURNED));
});
