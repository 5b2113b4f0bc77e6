import { describe, expect, it } from '@jest/globals';
import { accepted } from '#client/client.js';
import { expectRefused } from './refusals.js';
import { call, cast, newApplicant, world } from './open-call.js';

describe('questions', () => {
  it('are answered to everybody, in the words of the authority', async () => {
    const { person, organisation } = await newApplicant();
    accepted(await person.post(`/api/calls/${call}/start-application`, { organisation }));
    const { id } = accepted(
      await person.post<{ id: string }>(`/api/calls/${call}/ask-question`, {
        text: 'Madame Martin peut-elle signer pour nous ?',
      }),
    );
    expect(accepted(await world.anonymous.get(`/api/calls/${call}/questions`))).toEqual({ items: [] });
    expect(accepted(await cast.ars.officer.get(`/api/calls/${call}/questions-asked`))).toMatchObject({
      items: [{ id, text: 'Madame Martin peut-elle signer pour nous ?' }],
    });
    expectRefused(await person.get(`/api/calls/${call}/questions-asked`), 403, 'NotAllowed');
    accepted(
      await cast.ars.officer.post(`/api/questions/${id}/answer`, {
        question: 'Qui peut signer ?',
        answer: 'Toute personne habilitée par les statuts.',
      }),
    );
    expectRefused(
      await cast.ars.officer.post(`/api/questions/${id}/answer`, {
        question: 'Qui peut signer ?',
        answer: 'Personne.',
      }),
      409,
      'AlreadyAnswered',
    );
    accepted(
      await cast.ars.officer.post(`/api/questions/${id}/correct-answer`, {
        question: 'Qui peut signer ?',
        answer: 'Le représentant légal.',
        reason: 'Réponse trop large.',
      }),
    );
    expect(accepted(await world.anonymous.get(`/api/calls/${call}/questions`))).toMatchObject({
      items: [{ question: 'Qui peut signer ?', answer: 'Le représentant légal.' }],
    });
    const [message = ''] = await world.messages('Subject: Réponse corrigée');
    expect(message).toContain('Le représentant légal.');
    expect(message).not.toContain('Martin');
  });
});
