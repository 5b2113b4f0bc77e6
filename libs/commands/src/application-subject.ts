import {
  application as applicationDecider,
  type Application,
  type ApplicationCommand,
  type ApplicationEvent,
} from '#domain/application/application.js';
import type { AdmissibilityCommand } from '#domain/application/admissibility-facts.js';
import type { ApplicationContents } from '#domain/application/application-contents.js';
import type { ApplicationContext, KnownApplication } from '#domain/application/application-facts.js';
import { savedSince, standing } from '#domain/application/examination.js';
import { absent, type ContentRef } from '#domain/decider.js';
import { sealOf, sightOfFile } from '#domain/visibility.js';
import { reports } from './report-subjects.js';
import { type Saved, sourceOf, type Subject } from './subject.js';
import { account, call, leadsOf, organisation } from './subjects.js';

/** What only the applicant's own people may do, not those of an organisation the file is shared with. */
const applicantAlone: ReadonlySet<ApplicationCommand['type']> = new Set([
  'SubmitApplication',
  'ReplaceSubmission',
  'WithdrawApplication',
  'CompleteFile',
  'ShareFile',
  'UnshareFile',
  'ForgetContents',
  'ConfirmDates',
]);

/** What is judged with all that is written. */
const submitting: ReadonlySet<ApplicationCommand['type']> = new Set([
  'SubmitApplication',
  'ReplaceSubmission',
  'CompleteFile',
]);

/** What the leads do with a file that was filed. */
const examining: ReadonlySet<ApplicationCommand['type']> = new Set<AdmissibilityCommand['type']>([
  'RequestCompletion',
  'ExtendCompletion',
  'DeclareAdmissible',
  'RefuseBeforehand',
  'CorrectAdmissibility',
  'HandOverFile',
]);

export const application: Subject<ApplicationCommand, Application, ApplicationEvent, ApplicationContext> = {
  category: 'application',
  decider: applicationDecider,
  file: ({ id }) => id,
  needs: ({ command, state }) => {
    const of = 'call' in command ? command.call : state.status === 'absent' ? undefined : state.call;
    const named = 'organisation' in command ? command.organisation : undefined;
    const judged = submitting.has(command.type) && state.status !== 'absent';
    const who = named ?? (judged ? state.organisation : undefined);
    return {
      ...(of !== undefined && { call: sourceOf(call, of) }),
      ...(who !== undefined && { organisation: sourceOf(organisation, who) }),
      ...(command.type === 'HandOverFile' && { person: sourceOf(account, command.to) }),
      ...(judged && who !== undefined && { reports: sourceOf(reports, who) }),
    };
  },
  reach: ({ command, state, context }) => {
    const institutions = leadsOf(context.call);
    if (state.status === 'absent')
      return { institutions, organisations: 'organisation' in command ? [command.organisation] : [] };
    const organisations = applicantAlone.has(command.type)
      ? [state.organisation]
      : [state.organisation, ...state.sharedWith];
    if (!examining.has(command.type)) return { institutions, organisations };
    return { institutions: institutions.filter((code) => mayExamine(code, command, state, context)), organisations };
  },
  visible: ({ state, context }, { grants }) =>
    state.status !== 'absent' &&
    context.call !== undefined &&
    context.call.status !== 'absent' &&
    sightOfFile(state, sealOf(context.call), grants) !== 'nothing',
  unknown: () => absent('ApplicationUnknown', "Ce dossier n'existe pas."),
  writing: ({ command, id }) => {
    const stream = `content-application-${id}`;
    if (command.type === 'AttachDocument') {
      const { document, filename } = command;
      return { stream, event: { type: 'DocumentNamed', document, filename } };
    }
    if (!('contents' in command) || !command.contents) return undefined;
    return { stream, event: { type: 'ApplicationWritten', contents: command.contents } };
  },
  lastWritten: (state) => (state.status === 'absent' ? undefined : state.written),
  saved: ({ command, state, id }) => {
    const asking = command.type === 'AskDates';
    if ((!asking && !submitting.has(command.type)) || state.status === 'absent') return undefined;
    const written = (name: 'draft' | 'submitted', content: ContentRef | undefined): Saved[] =>
      content
        ? [
            {
              stream: `content-application-${id}`,
              version: content.version,
              read: ({ contents }: { contents: ApplicationContents }) => ({ [name]: contents }),
            },
          ]
        : [];
    if (asking) return written('submitted', standing(state)?.content);
    if (command.type === 'CompleteFile') {
      const draft = command.contents ? undefined : savedSince(state);
      return [...written('submitted', standing(state)?.content), ...written('draft', draft)];
    }
    return 'contents' in command && command.contents ? undefined : written('draft', state.draft);
  },
};

/** Nobody learns from an answer that a file exists which they couldn't see. */
function mayExamine(
  institution: string,
  command: { readonly type: ApplicationCommand['type'] },
  state: KnownApplication,
  context: ApplicationContext,
): boolean {
  if ('institution' in command && command.institution !== institution) return false;
  if (!context.call || context.call.status === 'absent' || state.status === 'draft') return false;
  const { unsealed, openToOfficers } = sealOf(context.call);
  return unsealed || openToOfficers;
}
