/** Euro cents, an integer. */
export type Cents = number;

/** `1234567` → `12 345,67 €`. */
export function euros(cents: Cents): string {
  const [whole, decimals] = (Math.abs(cents) / 100).toFixed(2).split('.') as [string, string];
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ' ');
  return `${cents < 0 ? '-' : ''}${grouped},${decimals} €`;
}

/** Of several lines together. */
export const amountOf = (lines: readonly { readonly amountCents: Cents }[]): Cents =>
  sum(lines.map(({ amountCents }) => amountCents));

export const sum = (amounts: readonly Cents[]): Cents => amounts.reduce((total, amount) => total + amount, 0);
