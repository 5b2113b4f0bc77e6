import type { Day } from '../decider.js';
import type { Cents } from '../money.js';
import type { Budget } from './budget.js';

/** What an applicant writes, draft or submitted: kept in the content stream, sealed until the window closes. */
export interface ApplicationContents {
  readonly title?: string;
  readonly objectives?: string;
  readonly description?: string;
  readonly publics?: string;
  readonly territory?: string;
  readonly themes?: readonly string[];
  /** Period of the project. */
  readonly startsOn?: Day;
  readonly endsOn?: Day;
  readonly request?: {
    readonly nature: 'cash' | 'in-kind';
    readonly first: boolean;
    readonly purpose: 'overall' | 'project';
    readonly duration: 'one-off' | 'yearly' | 'multi-year';
  };
  readonly contact?: { readonly name: string; readonly email: string; readonly phone?: string };
  /** Partners of a consortium share one file. */
  readonly consortium?: readonly { readonly name: string; readonly identifier?: string; readonly part: string }[];
  readonly indicators?: readonly { readonly label: string; readonly target: number; readonly unit?: string }[];
  readonly budget?: Budget;
  readonly requestedCents?: Cents;
  readonly attestations?: {
    /** Contrat d'engagement républicain, décret 2021-1947. */
    readonly republicanContract?: boolean;
    /** What is declared is true and complete. */
    readonly accurate?: boolean;
    /** Up to date with social and tax duties. */
    readonly upToDate?: boolean;
  };
}
