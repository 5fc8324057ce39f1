/** What reading a person's words gives: the value, or a sentence that says what to write instead. */

export type Parsed<T> = { readonly value: T } | { readonly problem: string };
