import { applications } from './applications.js';
import { awards } from './awards.js';
import { calls } from './calls.js';
import { identity } from './identity.js';
import { institutions } from './institutions.js';
import { notices } from './notices.js';
import { organisations } from './organisations.js';
import { questions } from './questions.js';

/** Every read model of the service. */
export const models = [identity, institutions, organisations, calls, applications, questions, awards, notices];
