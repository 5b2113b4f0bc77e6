import { signatureDue } from '#domain/agreement/signature-due.js';
import { grantsOn, sealOf } from '#domain/visibility.js';
import { viewRoles } from '#domain/permissions.js';
import { roleThatAllows } from '#domain/roles.js';
import { type AgreementRow, agreementOf } from '#read-models/agreements.js';
import { callOf } from '#read-models/calls.js';
import type { Views } from '#read-models/views.js';
import type { Request } from '../http/by.js';
import { Problem } from '../http/problem.js';

const agreementUnknown = (): Problem => new Problem(404, 'AgreementUnknown', "Ce dossier n'a ni convention ni arrêté.");

export interface VisibleAgreement extends AgreementRow {
  /** The institutions that lead its call. */
  readonly leads: readonly string[];
  /** Until when its parties are awaited to sign. */
  readonly due: string | undefined;
}

/** For the staff of its call and of its parties, and for its beneficiary; for others there is none. */
export function visibleAgreement(views: Views, id: string, by: Request): VisibleAgreement {
  const found = agreementOf(views, id);
  const call = found && callOf(views, found.state.call);
  if (!found || !call) throw agreementUnknown();
  const { parties, organisation } = found.state;
  const { leads } = sealOf(call.call);
  const of = (kind: string): string[] => parties.filter((party) => party.kind === kind).map((party) => party.id);
  const reach = {
    institutions: [...leads, ...of('institution')],
    organisations: [organisation, ...of('organisation')],
  };
  if (!roleThatAllows(viewRoles.Agreement, { ...by, grants: grantsOn(id, by) }, reach)) throw agreementUnknown();
  return { ...found, leads, due: signatureDue(found.state, call.call) };
}
