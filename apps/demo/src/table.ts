/** A table as people read it: columns as wide as what is in them. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const isFigure = (cell: string): boolean => /^-?[\d, ]+( €| %)?$/.test(cell);
  return rows
    .map((row) =>
      row
        .map((cell, column) => (isFigure(cell) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

export const short = (name: string): string => (name.length > 34 ? `${name.slice(0, 33)}…` : name);
