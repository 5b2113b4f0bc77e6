import { evolveExamined, examinedAnew } from './examination.js';
import type { Application, ApplicationEvent, KnownApplication, Submission } from './application-facts.js';

export function evolve(state: Application, event: ApplicationEvent): Application {
  if (event.type === 'ApplicationStarted') {
    const { call, organisation, number } = event;
    return {
      status: 'draft',
      call,
      organisation,
      number,
      documents: [],
      submissions: [],
      papers: 0,
      sharedWith: [],
      forgotten: false,
      completions: 0,
      stoppedMs: 0,
    };
  }
  return state.status === 'absent' ? state : evolveKnown(state, event);
}

function evolveKnown(
  state: KnownApplication,
  event: Exclude<ApplicationEvent, { type: 'ApplicationStarted' }>,
): KnownApplication {
  switch (event.type) {
    case 'DraftSaved':
      return { ...state, draft: event.content, written: event.content.version };
    case 'DocumentAttached': {
      const { document, code, sha256, size, mediaType, content } = event;
      return {
        ...state,
        written: content.version,
        documents: [...state.documents, { document, code, sha256, size, mediaType }],
      };
    }
    case 'DocumentRemoved':
      return { ...state, documents: state.documents.filter(({ document }) => document !== event.document) };
    case 'ApplicationSubmitted':
      return { ...submitted(state, event), status: 'submitted' };
    case 'SubmissionReplaced':
      return examinedAnew(submitted(withoutDates(state), event));
    case 'FileCompleted':
      return evolveExamined(submitted(state, event), event);
    case 'ApplicationWithdrawn': {
      const { paper: _, ...rest } = examinedAnew(withoutDates(state));
      return { ...rest, status: 'withdrawn' };
    }
    case 'PaperFilingRegistered': {
      const { type: _, ...paper } = event;
      return { ...state, status: 'submitted', paper, papers: state.papers + 1 };
    }
    case 'FileShared':
      return { ...state, sharedWith: [...state.sharedWith, event.organisation] };
    case 'FileUnshared':
      return { ...state, sharedWith: state.sharedWith.filter((organisation) => organisation !== event.organisation) };
    case 'DatesAsked':
      return { ...state, dates: { ...state.dates, asked: event.earliest } };
    case 'DatesConfirmed': {
      const { startsOn, endsOn } = event;
      return { ...state, dates: { confirmed: { startsOn, endsOn } } };
    }
    case 'ContentsForgotten':
      return { ...state, forgotten: true };
    default:
      return evolveExamined(state, event);
  }
}

function withoutDates(state: KnownApplication): KnownApplication {
  const { dates: _, ...rest } = state;
  return rest;
}

function submitted(
  state: KnownApplication,
  event: Extract<ApplicationEvent, { type: 'ApplicationSubmitted' | 'SubmissionReplaced' | 'FileCompleted' }>,
): KnownApplication {
  const { submission, receipt, submittedAt, content, documents, totals, deadline } = event;
  const version: Submission = { submission, receipt, submittedAt, content, documents, totals, deadline };
  return {
    ...state,
    draft: content,
    written: Math.max(state.written ?? 0, content.version),
    submissions: [...state.submissions, version],
  };
}
