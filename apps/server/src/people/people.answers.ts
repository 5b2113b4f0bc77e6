export class PlaceAnswer {
  /** everywhere, institution, call, organisation. */
  kind!: string;
  id?: string;
}

export class GrantAnswer {
  role!: string;
  scope!: PlaceAnswer;
}

export class PersonRowAnswer {
  id!: string;
  /** Null once forgotten. */
  name!: string | null;
  email!: string | null;
  phone!: string | null;
  openedAt!: string;
  forgottenAt!: string | null;
}

export class PeopleAnswer {
  items!: PersonRowAnswer[];
  next?: string;
}

export class PersonAnswer extends PersonRowAnswer {
  /** Every role, and where it holds. */
  grants!: GrantAnswer[];
}

export class MembershipAnswer {
  organisation!: string;
  name!: string;
  /** claimed, invited, member. */
  standing!: string;
  power!: string | null;
}

export class MeAnswer extends PersonAnswer {
  organisations!: MembershipAnswer[];
}

export class TokenRowAnswer {
  token!: string;
  label!: string;
  scopes!: string[];
  issuedAt!: string;
  expiresAt!: string;
  revokedAt!: string | null;
}

export class TokensAnswer {
  items!: TokenRowAnswer[];
}

export class NoticeAnswer {
  id!: string;
  kind!: string;
  to!: string;
  /** Id of the fact it tells of. */
  fact!: string;
  /** Its stream. */
  stream!: string;
  messageId!: string;
  issuedAt!: string;
  deliveredAt!: string | null;
  /** Code of the mail server that refused it for good. */
  bounced!: number | null;
  givenUp!: string | null;
}

export class NoticesAnswer {
  items!: NoticeAnswer[];
}
