const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** A mail server, as `SMTP_URL` names it. Nothing that prints it shows its password. */
export class SmtpServer {
  readonly #password: string;

  private constructor(
    readonly host: string,
    readonly port: number,
    /** TLS from the first byte. */
    readonly secure: boolean,
    /** In clear: on this machine, or where `?ignoreTLS` says so. Otherwise STARTTLS is demanded. */
    readonly clear: boolean,
    readonly user: string,
    password: string,
  ) {
    this.#password = password;
  }

  /** `smtps://user:password@host:465` or `smtp://host:587?ignoreTLS`; undefined for anything else. */
  static parse(text: string): SmtpServer | undefined {
    try {
      const { protocol, hostname, port, username, password, pathname, search, hash } = new URL(text);
      const secure = protocol === 'smtps:';
      if (!secure && protocol !== 'smtp:') return undefined;
      if (hostname === '' || !/^\/?$/.test(pathname) || hash !== '') return undefined;
      if (!['', '?ignoreTLS', '?ignoreTLS=true'].includes(search)) return undefined;
      if ((username === '') !== (password === '')) return undefined;
      const clear = !secure && (search !== '' || loopback.test(hostname));
      const host = hostname.replace(/^\[|\]$/g, '');
      const at = port === '' ? (secure ? 465 : 587) : Number(port);
      return new SmtpServer(host, at, secure, clear, decodeURIComponent(username), decodeURIComponent(password));
    } catch {
      return undefined;
    }
  }

  get auth(): { user: string; pass: string } | undefined {
    return this.user === '' ? undefined : { user: this.user, pass: this.#password };
  }

  toString(): string {
    return `${this.secure ? 'smtps' : 'smtp'}://${this.user === '' ? '' : '***@'}${this.host}:${this.port}`;
  }

  toJSON(): string {
    return this.toString();
  }
}
