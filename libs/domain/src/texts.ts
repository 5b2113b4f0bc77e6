/** A text of only blanks says nothing: wherever a text is asked for, it counts as missing. */
export const isBlank = (text: string | undefined): text is undefined | '' => text === undefined || !/\S/.test(text);

/** The text, unless it is blank. */
export const written = (text: string | undefined): string | undefined => (isBlank(text) ? undefined : text);

/** `1234` hundredths → `12,34`. */
export const inHundredths = (hundredths: number): string => (hundredths / 100).toFixed(2).replace('.', ',');

/** The form that French gives to so many: 0 and 1 are singular. */
export const inNumber = (count: number, one: string, several: string): string => (count < 2 ? one : several);
/** `1 critère`, `2 critères`. */
export const counted = (count: number, one: string): string => `${count} ${inNumber(count, one, `${one}s`)}`;
