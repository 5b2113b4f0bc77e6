import type { RefusalGround } from '#domain/application/admissibility-facts.js';
import { frenchGrounds } from '#domain/story/french.js';

export const grounds = (codes: readonly RefusalGround[]): string => codes.map((code) => frenchGrounds[code]).join(', ');
