declare module '@socialgouv/jours-feries' {
  /** Name of each holiday → midnight of its day in the zone of this machine. */
  export default function joursFeries(year: number, options?: { alsace: boolean }): Record<string, Date>;
}
