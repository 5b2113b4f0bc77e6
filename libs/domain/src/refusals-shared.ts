/** Of whoever signs under a delegation. */
export const signature = [
  'DelegationNotNamed',
  'DelegationNotHeld',
  'DelegationRevoked',
  'DelegationOutOfPeriod',
  'DelegationDoesNotCover',
];
