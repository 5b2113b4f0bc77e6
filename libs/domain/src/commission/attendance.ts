import { type Decision, Refusal, refuse } from '../decider.js';
import { own } from '../same.js';
import type { Attendance, Commission, CommissionContext, CommissionEvent, Of } from './commission-facts.js';
import { convenedSessionOf, notMember, rulesIn } from './guards.js';
import { type Hall, hallOf, inPerson } from './seats.js';

/** Before the session and during it: who comes late counts from then on, and no vote is judged again. */
export function recordAttendance(
  command: Of<'RecordAttendance'>,
  state: Commission,
  context: CommissionContext,
): Decision<CommissionEvent> {
  const session = convenedSessionOf(state, command);
  if (session instanceof Refusal) return session;
  const attendance = command.attendance.map(entryOf);
  const named = Object.fromEntries(attendance.map((entry) => [entry.member, entry]));
  if (Object.keys(named).length < attendance.length) {
    return refuse('AttendanceTwice', 'Un membre figure deux fois dans ce relevé de présence.');
  }
  const hall = hallOf(state, session);
  const after: Hall = { ...hall, attendance: { ...hall.attendance, ...named } };
  const refused =
    firstOf(attendance, (entry) => entryRefusal(entry, after)) ??
    firstOf(Object.values(after.attendance), (entry) => holderRefusal(entry, after)) ??
    secondMandate(after, rulesIn(context).mandates);
  return refused ?? [{ type: 'AttendanceRecorded', session: session.session, attendance }];
}

/** What says nothing is left out. */
const entryOf = ({ member, as, by, substituted, withSubstitute }: Attendance): Attendance => ({
  member,
  as,
  ...(by !== undefined && { by }),
  ...(substituted && { substituted }),
  ...(withSubstitute && { withSubstitute }),
});

function firstOf(entries: readonly Attendance[], refusal: (entry: Attendance) => Refusal | undefined) {
  for (const entry of entries) {
    const refused = refusal(entry);
    if (refused) return refused;
  }
  return undefined;
}

function entryRefusal({ member: person, as, by, substituted, withSubstitute }: Attendance, { members }: Hall) {
  const member = own(members, person);
  if (!member) return notMember();
  if (substituted || withSubstitute) {
    if (member.substitute === undefined) return refuse('NoSubstitute', "Ce membre n'a pas de suppléant.");
    if ((as !== 'present' && as !== 'remote') || (substituted && withSubstitute)) {
      return refuse(
        'AttendanceContradictory',
        'Un suppléant qui siège est présent ou à distance, à la place du membre ou avec lui.',
      );
    }
  }
  if (as !== 'represented') {
    return by === undefined
      ? undefined
      : refuse('AttendanceContradictory', 'Seul un membre représenté a donné mandat à quelqu’un.');
  }
  if (member.voice === 'consultative') {
    return refuse('ConsultativeVoice', 'Un membre à voix consultative ne donne pas de mandat : il ne vote pas.');
  }
  return by === undefined ? refuse('HolderMissing', 'Dites à qui le membre représenté a donné mandat.') : undefined;
}

/** Of every mandate that would stand: its holder may have left since. */
function holderRefusal({ member, as, by }: Attendance, hall: Hall) {
  if (as !== 'represented' || by === undefined) return undefined;
  if (by === member || own(hall.members, by)?.voice !== 'voting') {
    return refuse('HolderNotVoting', 'Un mandat se donne à un autre membre, à voix délibérative (CRPA R133-9).');
  }
  return inPerson(hall, by)
    ? undefined
    : refuse('HolderAbsent', "Qui détient un mandat siège en personne, présent ou à distance : ce n'est pas le cas.");
}

// CRPA R133-9: nobody holds more than one mandate.
function secondMandate({ attendance }: Hall, { perHolder, source }: { perHolder: number; source: string }) {
  const held = new Map<string, number>();
  for (const { as, by } of Object.values(attendance)) {
    if (as === 'represented' && by !== undefined) held.set(by, (held.get(by) ?? 0) + 1);
  }
  return [...held.values()].every((mandates) => mandates <= perHolder)
    ? undefined
    : refuse('SecondMandate', `Nul ne détient plus d'un mandat (${source}).`);
}
