import type { Commission, CommissionEvent, Opinion, Session } from './commission-facts.js';

export const noCommission: Commission = { members: {}, interests: {}, sessions: {}, opinions: {} };

/** What an award looks at of a commission: the opinion on each file, and its place in the ranking. */
export function evolveCommission(state: Commission, event: CommissionEvent): Commission {
  const said = (application: string, opinion: Opinion): Commission => ({
    ...state,
    opinions: { ...state.opinions, [application]: { opinion } },
  });
  switch (event.type) {
    case 'VoteRecorded':
      return event.result === 'tie' ? state : said(event.application, event.result);
    case 'TieSettled':
      return said(event.application, event.result);
    case 'RankingAdopted': {
      const ranked = event.ranking.map(
        (place) => [place.application, { opinion: 'favourable', ranked: place }] as const,
      );
      const session = { ranking: event.ranking } as unknown as Session;
      return {
        ...state,
        sessions: { ...state.sessions, [event.session]: session },
        opinions: { ...state.opinions, ...Object.fromEntries(ranked) },
      };
    }
    default:
      return state;
  }
}
