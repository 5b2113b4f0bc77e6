import { applicationId, idFrom } from '#commands/ids.js';
import type { Instant } from '#domain/decider.js';
import type { Fact } from '#domain/facts.js';
import { later } from '#domain/instants.js';
import type { Step } from '#domain/reminder/policy.js';
import { type Append, event, hash, issued, personId } from './seed.js';

export const ARS = 'ARS-PDL';
export const DREETS = 'DREETS-PDL';
/** Its two administrators; everybody else is an applicant. */
export const [ars, dreets, FIRST_APPLICANT] = [0, 1, 2] as const;
export const CALL = idFrom('bench', 'reminders');

const organisationOf = (index: number): string => `W${String(200_000_000 + index)}`;
export const draftOf = (index: number): string => applicationId(CALL, organisationOf(index), 1);
export const addressOf = (index: number): string => `applicant${index}@bench.example`;

function person(index: number, ...more: readonly Fact[]): Append[] {
  const by = personId(index);
  const opened: Fact = { type: 'AccountOpened', content: { version: 0, hash } };
  return [
    [
      `person-${by}`,
      'none',
      [event({ type: 'PersonDescribed', name: `Élodie Personne-${index}`, email: addressOf(index) }, by)],
    ],
    [`account-${by}`, 'none', [opened, issued(index), ...more].map((fact) => event(fact, by))],
  ];
}

/** The two institutions that lead the call, and who administers each. */
export function* leads(): Generator<Append> {
  for (const [index, institution] of [ARS, DREETS].entries()) {
    const scope = { kind: 'institution' as const, id: institution };
    yield* person(index, { type: 'RoleGranted', role: 'administrator', scope });
    const registered: Fact = {
      type: 'InstitutionRegistered',
      name: institution,
      kind: index === ars ? 'ARS' : 'DREETS',
    };
    yield [`institution-${institution}`, 'none', [event(registered, personId(index))]];
  }
}

/** So many people, each alone in an organisation of their own. */
export function* applicants(count: number): Generator<Append> {
  for (let index = FIRST_APPLICANT; index < FIRST_APPLICANT + count; index++) {
    yield* person(index);
    const by = personId(index);
    const facts: Fact[] = [
      {
        type: 'OrganisationRegistered',
        name: `Organisme ${index}`,
        legalForm: 'association',
        rna: organisationOf(index),
      },
      { type: 'ClaimConfirmed', person: by, power: 'submit' },
    ];
    yield [`organisation-${organisationOf(index)}`, 'none', facts.map((fact) => event(fact, by))];
  }
}

/** A joint call, published a month before it closes, that reminds of its own date so many hours before. */
export function* openCall(closesAt: Instant, hours: readonly number[], call = CALL): Generator<Append> {
  const publishedAt = later(closesAt, -40 * 86_400_000);
  const schedule = {
    milestones: [
      { kind: 'publication' as const, at: publishedAt },
      { kind: 'submissionDeadline' as const, at: closesAt },
    ],
  };
  const heading = {
    title: 'Appel à projets commun : mille premiers jours',
    kind: 'AAP',
    regime: 'SUBVENTION',
    leads: [ARS, DREETS],
    territory: { region: '52' },
    themes: [],
    publics: [],
    frameworks: [],
  } as const;
  const specifications = {
    purpose: 'Mesurer.',
    compulsoryDocuments: [],
    filesPerApplicant: 1,
    sealing: 'until-closed',
    individualExtensions: false,
    reopenAfterUnsealing: false,
  } as const;
  const facts: Fact[] = [
    { type: 'CallDrafted', heading },
    { type: 'LetterOfIntentSigned', institution: ARS, capacity: { kind: 'office' } },
    { type: 'LetterOfIntentSigned', institution: DREETS, capacity: { kind: 'office' } },
    { type: 'PreparationOpened' },
    { type: 'SpecificationsSet', specifications },
    { type: 'ScheduleSet', schedule },
    { type: 'CallPublished', rules: '2026-11', schedule, notice: 'Avis', warnings: [] },
  ];
  const at = (fact: Fact) => event(fact, personId(ars), publishedAt);
  yield [`call-${call}`, 'none', facts.map(at)];
  const steps: Step[] = hours.map((before) => ({ hours: -before, to: 'responsible', channel: 'mail' }));
  const set: Fact = { type: 'ReminderPolicySet', policy: { submission: steps, completion: steps } };
  yield [`reminders-${call}`, 'none', [at(set)]];
}

/** A file of each applicant, begun and not submitted. */
export function* drafts(count: number): Generator<Append> {
  for (let index = FIRST_APPLICANT; index < FIRST_APPLICANT + count; index++) {
    const organisation = organisationOf(index);
    const started: Fact = { type: 'ApplicationStarted', call: CALL, organisation, number: 1 };
    yield [`application-${draftOf(index)}`, 'none', [event(started, personId(index))]];
  }
}
