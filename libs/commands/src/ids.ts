import { v5 } from 'uuid';

const NAMESPACE = 'a3f1c6de-5f0b-4c39-9d0f-3b1f6a2d7c10';

/** The same UUID for the same parts, on every machine. */
export const idFrom = (...parts: readonly string[]): string => v5(parts.join('\n'), NAMESPACE);

/** One per applicant, call and number: a second start finds the first. */
export const applicationId = (call: string, organisation: string, number: number): string =>
  idFrom('application', call, organisation, String(number));
