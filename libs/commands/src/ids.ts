import { hash } from 'node:crypto';
import type { ReportKind } from '#domain/report/report-facts.js';

const NAMESPACE = Buffer.from('a3f1c6de5f0b4c399d0f3b1f6a2d7c10', 'hex');

/** UUIDv5 (RFC 9562) of the parts: the same id for the same parts, on every machine. */
export function idFrom(...parts: readonly string[]): string {
  const hex = hash('sha1', Buffer.concat([NAMESPACE, Buffer.from(parts.join('\n'))]));
  const variant = ((parseInt(hex.charAt(16), 16) & 3) | 8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** One per applicant, call and number: a second start finds the first. */
export const applicationId = (call: string, organisation: string, number: number): string =>
  idFrom('application', call, organisation, String(number));

/** One per person and call. */
export const reviewerId = (call: string, person: string): string => idFrom('reviewer', call, person);

/** One per reviewer and file: a second review of it finds the first. */
export const reviewId = (application: string, person: string): string => idFrom('review', application, person);

/** One of each kind per file: expecting it twice finds the first. */
export const reportId = (application: string, kind: ReportKind): string => idFrom('report', application, kind);
