export class UndeliveredRowAnswer {
  /** Id of the message. */
  id!: string;
  kind!: string;
  /** Whom it was for. */
  to!: string;
  /** Id of the fact it tells of. */
  fact!: string;
  call!: string | null;
  /** Id of the application. */
  file!: string | null;
  issuedAt!: string;
  /** Since when it reached nobody. */
  endedAt!: string;
  /** Code of the mail server that refused it for good; null where no server took it in three days. */
  bounced!: number | null;
  givenUp!: string | null;
}

export class UndeliveredAnswer {
  /** The oldest first, 500 at most. */
  items!: UndeliveredRowAnswer[];
}

export class SubscriptionAnswer {
  kind!: string;
  /** It can't be refused. */
  compulsory!: boolean;
  /** Why, in French. */
  because!: string;
  subscribed!: boolean;
}

export class SubscriptionsAnswer {
  items!: SubscriptionAnswer[];
}
