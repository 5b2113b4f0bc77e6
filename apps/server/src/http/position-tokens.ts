import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Position } from '#event-store/event-store.js';

/** A token that is not ours, or not of this log. */
export class ForgedPosition extends Error {
  override readonly name = 'ForgedPosition';
}

/** How far a person's own writes reach, signed: a query that carries it waits for them. */
export class PositionTokens {
  constructor(
    private readonly secret: string,
    private readonly logId: string,
  ) {}

  write(position: Position): string {
    return `${position}.${this.sign(position)}`;
  }

  /** @throws ForgedPosition */
  read(token: string): Position {
    const dot = token.lastIndexOf('.');
    const position = token.slice(0, Math.max(dot, 0));
    const given = Buffer.from(token.slice(dot + 1));
    const expected = Buffer.from(this.sign(position));
    if (dot <= 0 || given.length !== expected.length || !timingSafeEqual(given, expected)) {
      throw new ForgedPosition('Not a position of this log.');
    }
    return position;
  }

  /** Undefined for one that isn't ours: a cookie may be left from another log. */
  readIfOurs(token: string): Position | undefined {
    try {
      return this.read(token);
    } catch {
      return undefined;
    }
  }

  private sign(position: Position): string {
    return createHmac('sha256', this.secret)
      .update(`position\n${this.logId}\n${position}`)
      .digest('base64url')
      .slice(0, 22);
  }
}
