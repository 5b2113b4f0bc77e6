import { paris } from '#calendar/paris.js';
import { type KnownCall, rulesOf } from '#domain/call/call-state.js';
import type { ShiftPreview } from '#domain/call/shift-preview.js';
import { deciding } from '#domain/schedule/bounds.js';
import { frenchDeadlines } from '#domain/reminder/deadlines.js';
import { frenchMilestones, instantOf } from '#domain/schedule/milestones.js';
import { counted } from '#domain/texts.js';
import { countsOf } from '#read-models/application-queries.js';
import { remindersMoved } from '#read-models/reminders-moved.js';
import { concernedIn, silencedBefore } from '#read-models/shift-impact.js';
import type { Views } from '#read-models/views.js';
import type { Request } from '../http/by.js';
import { scheduleAnswer } from './call-answer.js';
import type { PreviewAnswer, SilenceAnswer } from './shift-preview.answers.js';

interface Previewed {
  readonly id: string;
  readonly call: KnownCall;
}

/** What the rules say of a shift, with whom and which files it concerns, as this person may know. */
export function previewAnswer(
  views: Views,
  { id, call }: Previewed,
  preview: ShiftPreview,
  by: Request,
): PreviewAnswer {
  const { moved, after, extensionsKept, extensionsAbsorbed, warnings } = preview;
  const counts = countsOf(views, id, by);
  const silence = silenceAnswer(views, { id, call }, preview, by);
  const old = call.schedule?.milestones ?? [];
  return {
    moved: [...moved],
    milestones: after.milestones.map(({ kind, at }) => {
      const before = instantOf(old, kind) ?? null;
      return { kind, before, after: at, said: paris.say(at), moves: before !== at };
    }),
    after: scheduleAnswer(after),
    extensionsKept: [...extensionsKept],
    extensionsAbsorbed: [...extensionsAbsorbed],
    concerned: counts,
    people: concernedIn(views, id, call.heading.leads, counts),
    reminders: remindersMoved(views, { id, call }, after, by.at).map(({ kind, ...moved }) => ({
      ...moved,
      deadline: frenchDeadlines[kind],
    })),
    ...(silence && { silence }),
    warnings: [
      ...warnings,
      ...replaceable(call, preview, counts.submitted),
      ...(silence ? [silenceSaid(silence)] : []),
    ],
  };
}

/** What is filed stands, and may be replaced for as long as the window is open. */
const replaceable = (call: KnownCall, { moved }: ShiftPreview, submitted: number): string[] =>
  call.status === 'published' && submitted > 0 && moved.some(({ kind }) => kind === 'submissionDeadline')
    ? [`Un dossier déposé peut être remplacé jusqu'à la nouvelle date (${counted(submitted, 'dossier')}).`]
    : [];

/** The files that a later decision, or commission, leaves to the silence of the administration. */
function silenceAnswer(
  views: Views,
  { id, call }: Previewed,
  { moved, after }: ShiftPreview,
  by: Request,
): SilenceAnswer | undefined {
  const last = deciding(after.milestones);
  const deadline = instantOf(after.milestones, 'submissionDeadline');
  if (call.status !== 'published' || !last || !deadline || !moved.some(({ kind }) => kind === last.kind))
    return undefined;
  const rules = rulesOf(call);
  const { count, files } = silencedBefore(views, id, { decision: last.at, deadline, at: by.at, rules }, by, paris);
  if (count === 0) return undefined;
  return {
    milestone: last.kind,
    at: last.at,
    source: rules.delays.silence.source,
    count,
    files: files.map((file) => ({ ...file, said: paris.say(file.until) })),
  };
}

const silenceSaid = ({ count, milestone, source }: SilenceAnswer): string =>
  `Pour ${counted(count, 'dossier')}, le silence vaudra rejet avant la nouvelle date de « ${frenchMilestones[milestone as keyof typeof frenchMilestones]} » (${source}).`;
