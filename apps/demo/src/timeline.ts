/** What a reader sees of the demonstration, as it goes. */
export class Timeline {
  private lastDay = '';

  constructor(
    private readonly when: () => string,
    private readonly write: (line: string) => void,
  ) {}

  chapter(title: string): void {
    this.write('');
    this.write(`── ${title} ${'─'.repeat(Math.max(0, 90 - title.length))}`);
  }

  /** One act, under its day and hour. */
  tell(who: string, what: string): void {
    const [day = '', hour = ''] = this.when().split(' à ');
    if (day !== this.lastDay) this.write(`\n  ${day}`);
    this.lastDay = day;
    this.write(`    ${hour.padEnd(16)} ${who.padEnd(26)} ${what}`);
  }

  detail(text: string): void {
    for (const line of text.split('\n')) this.write(`${' '.repeat(48)}${line}`);
  }
}
