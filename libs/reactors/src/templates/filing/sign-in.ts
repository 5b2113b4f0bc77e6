import type { Template } from '../../told.js';

export const signIn: Template<'SignInInvited'> = {
  kind: 'sign-in',
  words: (fact, { calendar, url, signInCode }) => ({
    subject: 'Votre code de connexion à Convergence',
    lines: [
      `Ce code sert une fois, jusqu'au ${calendar.say(fact.expiresAt)} :`,
      { code: signInCode ?? '' },
      `Envoyez-le à ${url}/api/sign-ins pour obtenir votre jeton d'accès.`,
      "Si vous n'avez rien demandé, ignorez ce message.",
    ],
  }),
  example: [{ type: 'SignInInvited', invitation: 'exemple', expiresAt: '2026-07-08T08:00:00Z' }],
};
