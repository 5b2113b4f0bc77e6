const page = (title: string, body: string): string =>
  `<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${title}</title>
</head>
<body>
<main>
<h1>${title}</h1>
${body}
</main>
</body>
</html>
`;

/** Programs that check messages follow their links: only the button changes anything. The token holds no markup. */
export const confirmationPage = (token: string): string =>
  page(
    'Ne plus recevoir ces messages',
    `<p>Vous ne recevrez plus les messages de cette sorte. Les messages qui ont un effet juridique ou un délai vous seront toujours envoyés.</p>
<form method="post" action="/api/unsubscribe/${token}">
<button type="submit">Ne plus les recevoir</button>
</form>`,
  );

export const unsubscribedPage = (): string =>
  page(
    "C'est noté",
    '<p>Vous ne recevrez plus les messages de cette sorte. Vous pouvez les recevoir de nouveau à tout moment, une fois connecté.</p>',
  );
