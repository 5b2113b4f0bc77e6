import { describe, expect, it } from '@jest/globals';
import type { CallEvent, Schedule } from './call-facts.js';
import {
  approved,
  arsApproved,
  arsSigned,
  authorisationSchedule,
  authorising,
  closing,
  criteria,
  DREETS,
  dreetsApproved,
  dreetsSigned,
  due,
  given,
  heading,
  IN_AUGUST,
  known,
  open,
  opened,
  outsidePreparation,
  publish,
  schedule,
  scheduled,
  specified,
} from './fixtures.js';

const notice = [
  "Avis d'appel à projets : Appel à projets commun ARS/DREETS – 1000 premiers jours",
  'Autorités pilotes : ARS-PDL, DREETS-PDL',
  'Thèmes : 1000 premiers jours',
  'Publics : familles',
  'Cadres : PRS 2018-2022',
  '',
  'Calendrier',
  "- publication de l'avis : 14 juin 2021 à 9 h 00 (heure de Paris)",
  '- date limite de dépôt : 13 août 2021 à 16 h 00 (heure de Paris)',
  '- envoi des convocations : 15 septembre 2021 à 9 h 30 (heure de Paris)',
  '- commission de sélection : 30 septembre 2021 à 9 h 30 (heure de Paris)',
  '',
  'Crédits',
  '- ARS-PDL, FIR, 2021 : 100 000,00 €',
  '',
  'Cahier des charges',
  'Soutenir les familles pendant les mille premiers jours.',
].join('\n');

describe('publishing a call', () => {
  it('publishes its notice at the planned instant, under the rules in force', () =>
    given(...approved)
      .when(publish, due)
      .then({ type: 'CallPublished', rules: '2026-11', schedule, notice, warnings: [IN_AUGUST] }));
  it('opens the call with nothing extended, moved or unsealed', () =>
    expect(
      known(...approved, { type: 'CallPublished', rules: '2026-11', schedule, notice, warnings: [] }),
    ).toMatchObject({
      status: 'published',
      rules: '2026-11',
      notices: [notice],
      extensions: {},
      outages: [],
      unsealed: false,
    }));
  it.each(outsidePreparation)('is refused %s', (_, history, code, sentence) =>
    given(...history)
      .when(publish, due)
      .thenRefused(code, sentence),
  );
  it('cannot be done twice', () =>
    given(...open)
      .when(publish, due)
      .thenRefused('AlreadyPublished', "L'appel est publié : il ne se modifie plus que par un avis rectificatif."));

  describe('later than planned', () => {
    const following: Schedule = {
      milestones: [
        { kind: 'publication', at: '2021-06-14T07:00:00Z' },
        {
          kind: 'submissionDeadline',
          at: '2021-08-13T14:00:00Z',
          rule: { relativeTo: 'publication', days: 60, time: '16:00:00' },
        },
        { kind: 'decision', at: '2021-09-12T14:00:00Z', rule: { relativeTo: 'submissionDeadline', days: 30 } },
        { kind: 'notification', at: '2021-10-15T08:00:00Z' },
      ],
    };
    const history: CallEvent[] = [...approved, { type: 'ScheduleSet', schedule: following }];

    it('moves what depends on the publication, and nothing else', () =>
      expect(given(...history).when(publish, { at: '2021-06-16T08:12:31Z' }).result).toMatchObject([
        {
          schedule: {
            milestones: [
              { kind: 'publication', at: '2021-06-16T08:12:31Z' },
              {
                kind: 'submissionDeadline',
                at: '2021-08-15T14:00:00Z',
                rule: { relativeTo: 'publication', days: 60, time: '16:00:00' },
              },
              { kind: 'decision', at: '2021-09-14T14:00:00Z', rule: { relativeTo: 'submissionDeadline', days: 30 } },
              { kind: 'notification', at: '2021-10-15T08:00:00Z' },
            ],
          },
        },
      ]));
    it('says the true dates in the notice, and warns of them', () =>
      expect(given(...history).when(publish, { at: '2021-06-16T08:12:31Z' }).result).toMatchObject([
        {
          notice: expect.stringContaining(
            [
              "- publication de l'avis : 16 juin 2021 à 10 h 12 min 31 s (heure de Paris)",
              '- date limite de dépôt : 15 août 2021 à 16 h 00 (heure de Paris)',
              '- décision : 14 septembre 2021 à 16 h 00 (heure de Paris)',
              '- notification : 15 octobre 2021 à 10 h 00 (heure de Paris)',
            ].join('\n'),
          ),
          warnings: [
            '« date limite de dépôt » (15 août 2021 à 16 h 00 (heure de Paris)) tombe un jour férié : Assomption.',
            '« date limite de dépôt » (15 août 2021 à 16 h 00 (heure de Paris)) tombe un dimanche.',
            '« date limite de dépôt » (15 août 2021 à 16 h 00 (heure de Paris)) tombe en juillet ou en août : ' +
              'les porteurs de projet sont peu disponibles.',
          ],
        },
      ]));
    it('warns when fewer than 30 days are left', () =>
      expect(given(...approved).when(publish, { at: '2021-07-15T07:00:00Z' }).result).toMatchObject([
        { warnings: [IN_AUGUST, 'Le dépôt dure 29 jours, moins de 30.'] },
      ]));
    it('warns of nothing when 30 days are left', () =>
      expect(given(...approved).when(publish, { at: '2021-07-14T07:00:00Z' }).result).toMatchObject([
        {
          warnings: [
            "« publication de l'avis » (14 juillet 2021 à 9 h 00 (heure de Paris)) tombe un jour férié : Fête Nationale.",
            IN_AUGUST,
          ],
        },
      ]));
  });

  it.each([
    [
      ['44', '57'],
      ['un jour férié : Saint Étienne', 'un dimanche'],
    ],
    [['44', '85'], ['un dimanche']],
  ])('knows the holidays of its départements (%j)', (departements, said) => {
    const territory = { region: '44', departements };
    const milestones = [
      ...closing('2021-09-15T14:00:00Z').milestones.slice(0, 2),
      { kind: 'commission', at: '2021-12-26T08:30:00Z' },
    ] as const;
    expect(
      given(
        ...approved,
        { type: 'HeadingRevised', heading: { ...heading, territory } },
        { type: 'ScheduleSet', schedule: { milestones } },
      ).when(publish, due).result,
    ).toMatchObject([
      {
        warnings: [
          ...said.map(
            (day) => `« commission de sélection » (26 décembre 2021 à 9 h 30 (heure de Paris)) tombe ${day}.`,
          ),
          expect.stringContaining('vient plus de 2 mois après la date limite de dépôt'),
        ],
      },
    ]);
  });
  it('ends the questions of an authorisation where its schedule says nothing', () =>
    expect(
      given(
        ...authorising,
        specified,
        { type: 'RubricSet', criteria },
        {
          type: 'ScheduleSet',
          schedule: {
            milestones: [
              { kind: 'publication', at: '2021-06-14T07:00:00Z' },
              { kind: 'submissionDeadline', at: '2021-08-13T14:00:00Z' },
            ],
          },
        },
        arsApproved,
        dreetsApproved,
      ).when(publish, due).result,
    ).toMatchObject([{ type: 'CallPublished', schedule: authorisationSchedule }]));

  describe('writes into its notice', () => {
    const noticed = (...history: CallEvent[]) => given(...approved, ...history).when(publish, due).result;

    it('the authorities that are associated', () =>
      expect(noticed({ type: 'AuthorityAssociated', name: 'Rectorat' })).toMatchObject([
        {
          notice: expect.stringContaining(
            '\nAutorités pilotes : ARS-PDL, DREETS-PDL\nAutorités associées : Rectorat\nThèmes',
          ),
        },
      ]));
    it('that funds may fail, and the action of each line', () => {
      const lines = [{ funder: DREETS, programme: 'BOP 304', action: '14', year: 2021, amountCents: 123_456 }];
      expect(noticed({ type: 'EnvelopesSet', envelopes: { subjectToFunds: true, lines } })).toMatchObject([
        {
          notice: expect.stringContaining(
            '\nCrédits, sous réserve de leur disponibilité\n- DREETS-PDL, BOP 304 (14), 2021 : 1 234,56 €\n',
          ),
        },
      ]);
    });
    it('no frameworks where there are none', () =>
      expect(noticed({ type: 'HeadingRevised', heading: { ...heading, frameworks: [] } })).toMatchObject([
        { notice: expect.stringContaining('Publics : familles\n\nCalendrier') },
      ]));
    it('that it is an AMI, which needs neither rubric nor envelope', () =>
      expect(
        given(
          { type: 'CallDrafted', heading: { ...heading, kind: 'AMI', title: 'Habitat inclusif' } },
          arsSigned,
          dreetsSigned,
          opened,
          specified,
          scheduled,
          arsApproved,
          dreetsApproved,
        ).when(publish, due).result,
      ).toMatchObject([
        { notice: expect.stringMatching(/^Avis d'appel à manifestation d'intérêt : Habitat inclusif\n(?!.*Crédits)/s) },
      ]));
  });
});
