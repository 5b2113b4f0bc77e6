/** A text of only blanks says nothing: wherever a text is asked for, it counts as missing. */
export const isBlank = (text: string | undefined): text is undefined | '' => text === undefined || !/\S/.test(text);

/** The text, unless it is blank. */
export const written = (text: string | undefined): string | undefined => (isBlank(text) ? undefined : text);
