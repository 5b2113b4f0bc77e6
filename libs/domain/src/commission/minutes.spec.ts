import { describe, expect, it } from '@jest/globals';
import { digest } from '#commands/canonical.js';
import { paris } from '#calendar/paris.js';
import { callCancelled } from '../application/fixtures.js';
import { heading } from '../call/fixtures.js';
import { absent } from '../decider.js';
import type { CommissionEvent, RankedApplication } from './commission-facts.js';
import {
  adjourned,
  adopted,
  ADVISER,
  appointed,
  ARS_CHAIR,
  attended,
  by,
  CAF,
  CAF_SUBSTITUTE,
  came,
  casting,
  convoked,
  decided,
  DREETS_CHAIR,
  given,
  inSession,
  opened,
  QUALIFIED,
  ranked,
  recused,
  SESSION,
  sitting,
  voted,
} from './fixtures.js';
import { mention, minutesText } from './minutes-text.js';

const draft = { type: 'DraftMinutes', session: SESSION } as const;
const textAfter = (version: number, ...history: CommissionEvent[]): string => {
  const session = given(...history).state.sessions[SESSION];
  if (!session) throw new Error('There is a session.');
  return minutesText({ title: heading.title, session, members: session.seats ?? {}, version }, paris);
};
const drafted = (version: number, ...history: CommissionEvent[]) => {
  const text = textAfter(version, ...history);
  return { type: 'MinutesDrafted', session: SESSION, version, hash: digest(text), text } as const;
};
const content = { version: 0, hash: 'a'.repeat(64) };
const commented = { type: 'MinutesCommented', session: SESSION, version: 1, comment: 'c-1', by: CAF, content } as const;
const first = [...ranked, drafted(1, ...ranked)];
const signed = (chair: string, version = 1, ...history: CommissionEvent[]) =>
  ({
    type: 'MinutesSigned',
    session: SESSION,
    version,
    hash: drafted(version, ...(history.length > 0 ? history : ranked)).hash,
    chair,
  }) as const;
const FINAL = 'Le procès-verbal est signé par la présidence : il ne change plus.';

describe('the text of the minutes', () => {
  it('says who was there, what was deliberated and how it ended, without a name', () =>
    expect(
      textAfter(
        1,
        ...convoked,
        attended(
          came(ARS_CHAIR),
          came(DREETS_CHAIR, 'remote'),
          came(CAF, 'present', { withSubstitute: true }),
          came(QUALIFIED, 'represented', { by: ARS_CHAIR }),
        ),
        opened,
        recused(CAF, { substitute: CAF_SUBSTITUTE }),
        { type: 'ApplicantHeard', session: SESSION, application: 'file-1' },
        {
          ...voted('file-1', 'tie'),
          how: 'name',
          totals: { for: 1, against: 1, abstain: 2 },
          ballots: [
            { member: ARS_CHAIR, choice: 'for' },
            { member: DREETS_CHAIR, choice: 'against' },
            { member: CAF, choice: 'abstain' },
            { member: QUALIFIED, choice: 'abstain' },
          ],
        },
        casting(ARS_CHAIR, true),
        casting(DREETS_CHAIR, true),
        { type: 'TieSettled', session: SESSION, application: 'file-1', result: 'favourable' },
        voted('file-2', 'favourable'),
        voted('file-3', 'unfavourable'),
        adopted,
      ),
    ).toBe(
      [
        'Procès-verbal de la commission de sélection',
        'Appel à projets commun ARS/DREETS – 1000 premiers jours',
        'Séance du 30 septembre 2021 à 9 h 30 (heure de Paris), Nantes, salle Erdre',
        'Convocation du 15 septembre 2021 à 10 h 00 (heure de Paris)',
        '',
        'Membres',
        `M1. {personne:${ARS_CHAIR}}, ARS-PDL, voix délibérative, préside : présent`,
        `M2. {personne:${DREETS_CHAIR}}, DREETS-PDL, voix délibérative, préside : à distance`,
        `M3. {personne:${CAF}}, CAF 44, voix délibérative : présent, avec {personne:${CAF_SUBSTITUTE}}`,
        `M4. {personne:${QUALIFIED}}, Personnalité qualifiée, voix délibérative : a donné mandat à M1`,
        `M5. {personne:${ADVISER}}, URIOPSS, voix consultative : absent`,
        'Quorum : 4 voix présentes ou représentées sur 4, 2 exigées',
        '',
        'Dossiers',
        '1. {dossier:file-1} ; porteur entendu ; déport de M3 ; pour 1 (M1), contre 1 (M2), 2 abstentions (M3, M4) ; ' +
          'partage égal, voix prépondérante : M1 pour, M2 pour ; avis favorable',
        '2. {dossier:file-2} ; pour 4, contre 0, 0 abstention ; avis favorable',
        '3. {dossier:file-3} ; pour 1, contre 3, 0 abstention ; avis défavorable',
        '',
        'Classement',
        '1. {dossier:file-2} : 20 000,00 €',
        '',
        'Liste complémentaire',
        '2. {dossier:file-1} : 15 000,00 €',
      ].join('\n'),
    ));
  it('of an adjourned session says that the quorum was not there', () =>
    expect(
      textAfter(1, ...convoked, attended(came(QUALIFIED)), adjourned)
        .split('\n')
        .slice(-3),
    ).toEqual([
      'Quorum : 1 voix présente ou représentée sur 4, 2 exigées',
      '',
      'La séance est ajournée faute de quorum.',
    ]));
  it('says what stays open where there is no ranking', () =>
    expect(
      textAfter(
        1,
        ...sitting,
        voted('file-1', 'tie'),
        casting(ARS_CHAIR, true),
        casting(DREETS_CHAIR, false),
        { type: 'TieUnsettled', session: SESSION, application: 'file-1' },
        voted('file-2', 'tie'),
      )
        .split('\n')
        .slice(-5),
    ).toEqual([
      '1. {dossier:file-1} ; pour 2, contre 2, 0 abstention ; partage égal, voix prépondérante : M1 pour, M2 contre ; les coprésidents ne se sont pas accordés',
      '2. {dossier:file-2} ; pour 2, contre 2, 0 abstention ; partage égal des voix',
      "3. {dossier:file-3} ; la commission ne s'est pas prononcée",
      '',
      "Aucun classement n'est établi.",
    ]));
  it('has a list that is empty too', () =>
    expect(
      textAfter(1, ...decided, { ...adopted, ranking: adopted.ranking.map(reserved) })
        .split('\n')
        .slice(-6, -3),
    ).toEqual(['Classement', 'Néant', '']));
  it('has the comments of the version before, and not those of its own', () => {
    expect(textAfter(1, ...first, commented)).not.toContain('Observations');
    expect(
      textAfter(2, ...first, commented)
        .split('\n')
        .slice(-2),
    ).toEqual(['Observations', `{personne:${CAF}} : {observation:c-1}`]);
  });
  it('mentions nobody in what somebody typed', () => {
    const session = given(...ranked).state.sessions[SESSION];
    const text = session
      ? minutesText({ title: `{personne:${CAF}}`, session, members: {}, version: 1 }, paris).split('\n')[1]
      : '';
    expect(text).toBe(`(personne:${CAF})`);
    expect([...(text ?? '').matchAll(mention)]).toEqual([]);
  });
});

const reserved = (each: RankedApplication): RankedApplication => ({ ...each, list: 'reserve' });

describe('drafting the minutes', () => {
  const unsettled: CommissionEvent[] = [
    ...decided.slice(0, -1),
    voted('file-3', 'tie'),
    { type: 'TieUnsettled', session: SESSION, application: 'file-3' },
  ];

  it('is done from the facts once the ranking is adopted', () =>
    given(...ranked)
      .when(draft)
      .then(drafted(1, ...ranked)));
  it('is done of an adjourned session', () =>
    given(...convoked, adjourned)
      .when(draft)
      .then(drafted(1, ...convoked, adjourned)));
  it('is done where co-chairs disagreed and no ranking can be', () =>
    given(...unsettled)
      .when(draft)
      .then(drafted(1, ...unsettled)));
  it('is done though the call has ended', () =>
    given(...ranked)
      .when(draft, {}, { call: callCancelled })
      .then(drafted(1, ...ranked)));
  it('changes nothing where nothing was said since', () =>
    given(...first)
      .when(draft)
      .then());
  it('makes a next version after comments, and the signatures start anew', () => {
    const before = [...first, signed(ARS_CHAIR), commented];
    given(...before)
      .when(draft)
      .then(drafted(2, ...before));
    expect(given(...before, drafted(2, ...before)).state.sessions[SESSION]?.minutes).toMatchObject({
      version: 2,
      signedBy: [],
    });
  });
  it('is the same though a member was replaced since', () =>
    given(...ranked, appointed({ person: CAF, sitsFor: 'CPAM 44', voice: 'consultative', chair: false }))
      .when(draft)
      .then(drafted(1, ...ranked)));
  it.each([
    ['is only convened', convoked],
    ['still sits', decided],
    ['has an item left though co-chairs disagreed on another', unsettled.filter((event) => event !== decided.at(-2))],
  ])('is refused while the session %s', (_, history) =>
    given(...history)
      .when(draft)
      .thenRefused(
        'MinutesTooEarly',
        'Le procès-verbal se rédige une fois le classement adopté, ou la séance ajournée.',
      ),
  );
  it('is refused once every chair has signed', () =>
    given(...first, commented, signed(ARS_CHAIR), signed(DREETS_CHAIR))
      .when(draft)
      .thenRefused('MinutesFinal', FINAL));
  it('is refused for a session that nobody knows, as not found', () =>
    expect(given().when(draft).result).toEqual(absent('SessionUnknown', "Cette séance n'existe pas.")));
});

describe('commenting the minutes', () => {
  const comment = { type: 'CommentMinutes', session: SESSION, comment: 'c-1', text: 'Ajoutez mon désaccord.', content };
  const say = { ...comment, type: 'CommentMinutes' } as const;

  it('keeps who said something of which version, and none of their words', () =>
    given(...first)
      .when(say, by(CAF))
      .then(commented));
  it('is refused before there are any', () =>
    given(...ranked)
      .when(say, by(CAF))
      .thenRefused('MinutesMissing', "Le procès-verbal de cette séance n'est pas encore rédigé."));
  it('is refused once every chair has signed', () =>
    given(...first, signed(ARS_CHAIR), signed(DREETS_CHAIR))
      .when(say, by(CAF))
      .thenRefused('MinutesFinal', FINAL));
});

describe('signing the minutes', () => {
  const sign = (version: number) => ({ type: 'SignMinutes', session: SESSION, version }) as const;
  const redrafted = [...first, commented, drafted(2, ...first, commented)];

  it('is done by each chair, of the text whose hash it has', () => {
    given(...first)
      .when(sign(1), inSession)
      .then(signed(ARS_CHAIR));
    given(...first, signed(ARS_CHAIR))
      .when(sign(1), by(DREETS_CHAIR, 'chair'))
      .then(signed(DREETS_CHAIR));
  });
  it('is refused twice', () =>
    given(...first, signed(ARS_CHAIR))
      .when(sign(1), inSession)
      .thenRefused('AlreadySigned', 'Vous avez déjà signé ce procès-verbal.'));
  it('is refused of a version that is no longer the last', () =>
    given(...redrafted)
      .when(sign(1), inSession)
      .thenRefused(
        'MinutesOutdated',
        "La version 1 n'est pas la dernière du procès-verbal : lisez et signez la version 2.",
      ));
  it('may be done again of the next version', () =>
    given(...redrafted)
      .when(sign(2), inSession)
      .then(signed(ARS_CHAIR, 2, ...first, commented)));
  it('is refused before there are any', () =>
    given(...ranked)
      .when(sign(1), inSession)
      .thenRefused('MinutesMissing', "Le procès-verbal de cette séance n'est pas encore rédigé."));
});
