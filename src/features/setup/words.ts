/** Slugs as people read them. */
export const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
export const skillWords = (slug: string): string => capital(slug.replaceAll('-', ' '));
