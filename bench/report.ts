import { writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';

export interface Row {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly goal?: string;
  readonly met?: boolean;
}

/** A figure with a goal: at least, or at most, so much. */
export const atLeast = (name: string, value: number, unit: string, least: number): Row => ({
  name,
  value,
  unit,
  goal: `≥ ${least}`,
  met: value >= least,
});
export const atMost = (name: string, value: number, unit: string, most: number): Row => ({
  name,
  value,
  unit,
  goal: `≤ ${most}`,
  met: value <= most,
});

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

const shown = (value: number): string =>
  value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);

/** A table for the reader, and bench/results.json for comparing whole runs. */
export function report(rows: readonly Row[], whole: boolean): void {
  const machine = `${cpus().length} × ${cpus()[0]?.model.trim() ?? '?'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}, ${process.platform}`;
  const cells = rows.map(({ name, value, unit, goal = '', met }) => [
    name,
    shown(value),
    unit,
    goal,
    met === undefined ? '' : met ? 'met' : 'NOT MET',
  ]);
  const head = ['figure', 'value', 'unit', 'goal', ''];
  const widths = head.map((title, column) => Math.max(title.length, ...cells.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => (column === 1 ? cell.padStart(widths[1] ?? 0) : cell.padEnd(widths[column] ?? 0)))
      .join('  ');
  console.log(`\n${machine}\n\n${[head, ...cells].map(line).join('\n')}`);
  if (!whole) return;
  const rounded = rows.map((row) => ({ ...row, value: Number(row.value.toPrecision(4)) }));
  writeFileSync('bench/results.json', `${JSON.stringify({ machine, rows: rounded }, null, 2)}\n`);
}
