import type { Calendar } from '#domain/decider.js';
import type { NoticeKind } from '#domain/notice/notice.js';
import { noticeRules } from '#domain/notice/notice-rules.js';
import { type Letter, letter } from './letter.js';
import { exampleOf } from './templates.js';
import type { Told } from './told.js';

/** A message as it would be sent, everything in it invented; undefined where no fact is told so. */
export function preview(kind: NoticeKind, calendar: Calendar, changes: Partial<Told> = {}): Letter | undefined {
  const example = exampleOf(kind);
  return (
    example &&
    letter({
      kind,
      ...example,
      name: 'Camille Exemple',
      call: {
        id: 'exemple',
        title: "Appel à projets d'exemple",
        documents: [{ code: 'statuts', label: 'Statuts signés' }],
      },
      file: 'exemple',
      organisation: 'Association Exemple',
      webhook: 'exemple',
      signInCode: 'code-d-exemple',
      url: 'https://convergence.example',
      calendar,
      ...(!noticeRules[kind].compulsory && { unsubscribe: 'https://convergence.example/api/unsubscribe/exemple' }),
      ...changes,
    })
  );
}
