import { agreement as agreementDecider } from '#domain/agreement/agreement.js';
import type {
  Agreement,
  AgreementCommand,
  AgreementContext,
  AgreementEvent,
  Party,
} from '#domain/agreement/agreement-facts.js';
import { absent } from '#domain/decider.js';
import { viewRoles } from '#domain/permissions.js';
import { type Reach, reaches } from '#domain/roles.js';
import { application } from './application-subject.js';
import { award } from './award-subjects.js';
import { reports } from './report-subjects.js';
import { type Source, sourceOf, type Subject, type Target } from './subject.js';
import { call, institution, organisation } from './subjects.js';

const partyOf = ({ kind, id }: Party): Source =>
  kind === 'institution' ? sourceOf(institution, id) : sourceOf(organisation, id);

type Known = Target<AgreementCommand, Agreement> & { readonly context: AgreementContext };

const leadsOf = ({ call: known }: AgreementContext): readonly string[] =>
  !known || known.status === 'absent' ? [] : known.heading.leads;
const idsOf = (parties: readonly Party[], kind: Party['kind']): string[] =>
  parties.filter((party) => party.kind === kind).map(({ id }) => id);

interface Concerned {
  readonly institutions: readonly string[];
  readonly organisations: readonly string[];
}

/** Whose money an instalment is: its funder alone approves it and records its payment. */
const ofFunder: ReadonlySet<AgreementCommand['type']> = new Set(['ApprovePayment', 'RecordPayment']);

/** Those whom the agreement concerns: the leads of its call, its parties, its beneficiary. */
const concerned = ({ state, context }: Pick<Known, 'state' | 'context'>): Concerned =>
  state.status === 'absent'
    ? { institutions: leadsOf(context), organisations: [] }
    : {
        institutions: [...leadsOf(context), ...idsOf(state.parties, 'institution')],
        organisations: [state.organisation, ...idsOf(state.parties, 'organisation')],
      };

function reach({ command, state, context }: Known): Reach {
  const leads = leadsOf(context);
  if (command.type === 'SignAgreement') {
    const { institutions, organisations } = concerned({ state, context });
    const { kind, id } = command.party;
    return {
      institutions: institutions.filter((one) => kind === 'institution' && one === id),
      organisations: organisations.filter((one) => kind === 'organisation' && one === id),
    };
  }
  if ('institution' in command) return { institutions: leads.filter((code) => code === command.institution) };
  const organisations = state.status === 'absent' ? [] : [state.organisation];
  if (state.status !== 'absent' && 'instalment' in command && ofFunder.has(command.type)) {
    const line = state.instalments.find(({ number }) => number === command.instalment)?.line;
    const funders = state.lines.filter((one) => one.line === line).map(({ funder }) => funder);
    return { institutions: line === undefined ? leads : funders, organisations };
  }
  return { institutions: leads, organisations };
}

export const agreement: Subject<AgreementCommand, Agreement, AgreementEvent, AgreementContext> = {
  category: 'agreement',
  decider: agreementDecider,
  file: ({ id }) => id,
  needs: ({ command, state, id }) => {
    const drafting = command.type === 'DraftAgreement' ? command : undefined;
    const known = drafting ?? (state.status === 'absent' ? undefined : state);
    const signing =
      command.type === 'SignAgreement' && command.party.kind === 'institution'
        ? command.party.id
        : command.type === 'OrderRecovery'
          ? command.institution
          : undefined;
    return {
      award: sourceOf(award, id),
      ...(known && { call: sourceOf(call, known.call), reports: sourceOf(reports, known.organisation) }),
      ...(drafting && {
        application: sourceOf(application, id),
        organisation: sourceOf(organisation, drafting.organisation),
        parties: drafting.parties.map(partyOf),
      }),
      ...(signing !== undefined && { institution: sourceOf(institution, signing) }),
    };
  },
  reach,
  visible: (target, { grants }) =>
    grants.some((grant) => viewRoles.Agreement.includes(grant.role) && reaches(grant, concerned(target))),
  unknown: () => absent('AgreementUnknown', "Ce dossier n'a ni convention ni arrêté."),
  writing: ({ command, id }) => {
    const stream = `content-agreement-${id}`;
    if (command.type === 'GiveBankAccount') {
      const { iban, holder } = command;
      return { stream, event: { type: 'BankAccountWritten', iban, holder } };
    }
    if (command.type !== 'ObserveRecovery') return undefined;
    return { stream, event: { type: 'ObservationsWritten', text: command.text } };
  },
  lastWritten: (state) => (state.status === 'absent' ? undefined : state.written),
};
