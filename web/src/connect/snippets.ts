/** How to make one thing send its mail here. */
export interface Snippet {
  readonly name: string;
  /** Which file it goes to, or undefined for a command. */
  readonly file: string | undefined;
  readonly text: string;
}

/** Where the SMTP listener is reached from this browser. */
export interface SmtpAddress {
  readonly host: string;
  readonly port: number;
}

/**
 * Reads `host:port` as the server says it.
 * @param pageHost stands in for an address that means "all interfaces"
 * @returns undefined if it is neither `host:port` nor `[v6]:port`
 */
export function parseSmtpAddress(listener: string, pageHost: string): SmtpAddress | undefined {
  const { host, port } = /^(?<host>\[[^\]]+\]|[^:]*):(?<port>\d+)$/.exec(listener)?.groups ?? {};
  if (host === undefined || port === undefined) return undefined;
  const bare = host.replace(/^\[|\]$/g, '');
  const isEverywhere = bare === '' || bare === '0.0.0.0' || bare === '::';
  const isLoopback = bare === '127.0.0.1' || bare === '::1';
  return {
    host: isEverywhere ? pageHost.replace(/^\[|\]$/g, '') : isLoopback ? 'localhost' : bare,
    port: Number(port),
  };
}

/** The address as in a URL. */
export function formatSmtpAddress({ host, port }: SmtpAddress): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** Ready to paste, with the real host and port. */
export function writeSnippets(address: SmtpAddress): readonly Snippet[] {
  const { host, port } = address;
  const place = formatSmtpAddress(address);
  return [
    {
      name: 'nodemailer',
      file: undefined,
      text: `const transport = nodemailer.createTransport({\n  host: '${host}',\n  port: ${port},\n});`,
    },
    {
      name: 'Rails',
      file: 'config/environments/development.rb',
      text: `config.action_mailer.delivery_method = :smtp\nconfig.action_mailer.smtp_settings = {\n  address: "${host}",\n  port: ${port}\n}`,
    },
    {
      name: 'Django',
      file: 'settings.py',
      text: `EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"\nEMAIL_HOST = "${host}"\nEMAIL_PORT = ${port}`,
    },
    {
      name: 'Laravel',
      file: '.env',
      text: `MAIL_MAILER=smtp\nMAIL_HOST=${host}\nMAIL_PORT=${port}\nMAIL_USERNAME=null\nMAIL_PASSWORD=null`,
    },
    {
      name: 'Spring',
      file: 'application.properties',
      text: `spring.mail.host=${host}\nspring.mail.port=${port}`,
    },
    {
      name: 'PHP',
      file: 'php.ini',
      // mail() speaks SMTP on Windows alone.
      text: `; Windows\nSMTP = ${host}\nsmtp_port = ${port}\n\n; elsewhere, with msmtp installed\nsendmail_path = "msmtp --host=${host} --port=${port} --from=app@example.com -t"`,
    },
    {
      name: 'PHPMailer',
      file: undefined,
      text: `$mail = new PHPMailer\\PHPMailer\\PHPMailer(true);\n$mail->isSMTP();\n$mail->Host = '${host}';\n$mail->Port = ${port};`,
    },
    {
      name: 'swaks',
      file: undefined,
      text: `swaks --server ${place} \\\n  --from app@example.com --to ada@example.com \\\n  --header 'Subject: Hello'`,
    },
    {
      name: 'curl',
      file: undefined,
      text: `printf 'Subject: Hello\\r\\n\\r\\nIt works.\\r\\n' | \\\n  curl --url smtp://${place} \\\n    --mail-from app@example.com --mail-rcpt ada@example.com \\\n    --upload-file -`,
    },
  ];
}
