import type { PersonId } from '../decider.js';
import type { CommissionRules } from '../rules.js';
import { own } from '../same.js';
import type { Attendance, Commission, Item, Member, Quorum, Session } from './commission-facts.js';

/** Who has a seat, and who came. */
export interface Hall {
  readonly members: Readonly<Record<PersonId, Member>>;
  readonly attendance: Readonly<Record<PersonId, Attendance>>;
}

export const hallOf = (state: Commission, { seats, attendance }: Session): Hall => ({
  members: seats ?? state.members,
  attendance,
});

/** The voice of a seat on an item: who gives it, or why it doesn't count. */
export type Voice = CountedVoice | { readonly counts: false; readonly because: 'consultative' | 'recused' | 'absent' };
export interface CountedVoice {
  readonly counts: true;
  readonly seat: PersonId;
  readonly by: PersonId;
  readonly as: 'member' | 'substitute' | 'mandate';
}

type Recused = Item['recused'];
const silent = (because: 'consultative' | 'recused' | 'absent'): Voice => ({ counts: false, because });

export function voiceOf(hall: Hall, seat: PersonId, recused: Recused = {}): Voice {
  const member = own(hall.members, seat);
  const attended = hall.attendance[seat];
  if (member?.voice === 'consultative') return silent('consultative');
  if (!member || !attended || attended.as === 'absent') return silent('absent');
  if (attended.as === 'represented') return mandate(hall, attended, recused);
  const substitute = (): Voice => {
    if (member.substitute === undefined) return silent(attended.substituted ? 'absent' : 'recused');
    if (member.substitute in recused) return silent('recused');
    return { counts: true, seat, by: member.substitute, as: 'substitute' };
  };
  if (attended.substituted) return substitute();
  if (!(seat in recused)) return { counts: true, seat, by: seat, as: 'member' };
  return attended.withSubstitute ? substitute() : silent('recused');
}

// CRPA R133-12: neither may who has an interest have somebody vote for them, nor may the holder who has one.
function mandate(hall: Hall, { member: seat, by }: Attendance, recused: Recused): Voice {
  if (seat in recused) return silent('recused');
  if (by === undefined || !inPerson(hall, by)) return silent('absent');
  if (by in recused) return silent('recused');
  return { counts: true, seat, by, as: 'mandate' };
}

/** Is the member there, in the room or remotely, and not their substitute? */
export function inPerson({ attendance }: Pick<Hall, 'attendance'>, member: PersonId): boolean {
  const attended = attendance[member];
  return (attended?.as === 'present' || attended?.as === 'remote') && attended.substituted !== true;
}

/** Every voice that counts, in the order of appointment. */
export const voicesOn = (hall: Hall, recused: Recused = {}): CountedVoice[] =>
  Object.keys(hall.members).flatMap((seat) => {
    const voice = voiceOf(hall, seat, recused);
    return voice.counts ? [voice] : [];
  });

/**
 * CRPA R133-10: half of the members, those who attend remotely or gave a mandate included. The members are those with
 * a voting voice: whoever only advises doesn't make up the body that deliberates, and can't stop it by staying away.
 */
export function quorumOf(hall: Hall, rules: CommissionRules, required: boolean, recused: Recused = {}): Quorum {
  const members = Object.values(hall.members).filter(({ voice }) => voice === 'voting').length;
  const { numerator, denominator } = rules.quorum;
  const needed = Math.ceil((members * numerator) / denominator);
  return { members, present: voicesOn(hall, recused).length, needed, required };
}

export const isQuorumMet = ({ present, needed, required }: Quorum): boolean => !required || present >= needed;

/** The chairs who sit on an item in person: nobody else gives a casting vote. */
export const chairsOn = (hall: Hall, recused: Recused): PersonId[] =>
  voicesOn(hall, recused).flatMap(({ seat, as }) => (as === 'member' && hall.members[seat]?.chair ? [seat] : []));

/** The seat of a member, or the one that this substitute may sit in. */
export const seatOf = (members: Hall['members'], person: PersonId): Member | undefined =>
  own(members, person) ?? Object.values(members).find(({ substitute }) => substitute === person);
