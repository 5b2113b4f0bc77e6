/** Somebody as the service knows them: for a person to judge, never for a decision. */
export interface Acquaintance {
  readonly person: string;
  readonly name: string | null;
  readonly email: string | null;
}

export const suspicionReasons = ['same-organisation', 'same-domain', 'same-name'] as const;
export interface Suspicion {
  readonly reason: (typeof suspicionReasons)[number];
  /** French. */
  readonly said: string;
}

/** What may tie a reviewer to a file: each tie with its reason, the strongest first. */
export function suspicionsOf(reviewer: Acquaintance, members: readonly Acquaintance[]): Suspicion[] {
  const others = members.filter(({ person }) => person !== reviewer.person);
  const domain = ownDomain(reviewer.email);
  const family = familyName(reviewer.name);
  const colleague = domain && others.find(({ email }) => ownDomain(email) === domain);
  const namesake = family && others.find(({ name }) => familyName(name) === family);
  return [
    ...(others.length < members.length
      ? [{ reason: 'same-organisation', said: "Membre de l'organisme porteur ou partenaire." } as const]
      : []),
    ...(colleague
      ? [{ reason: 'same-domain', said: `Même domaine de messagerie que ${said(colleague)} : ${domain}.` } as const]
      : []),
    ...(namesake ? [{ reason: 'same-name', said: `Même nom de famille que ${said(namesake)}.` } as const] : []),
  ];
}

const said = ({ name }: Acquaintance): string => name ?? 'un membre';

/** Of an employer or a body: everybody may have an address with these. */
const publicProviders =
  /^(gmail|googlemail|orange|wanadoo|free|laposte|sfr|neuf|bbox|numericable|aol|gmx|icloud|me|mail|zoho|posteo|proton|protonmail|pm|tutanota|(ymail|yahoo|hotmail|outlook|live|msn)(\.co)?)\.[a-z]{2,3}$/;

function ownDomain(email: string | null): string | undefined {
  const domain = email?.split('@').at(-1)?.toLowerCase();
  return domain && !publicProviders.test(domain) ? domain : undefined;
}

/** The last word of a name, small and without accents. */
const familyName = (name: string | null): string | undefined =>
  name?.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim().split(/\s+/).at(-1);
