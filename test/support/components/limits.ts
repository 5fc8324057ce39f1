/** What Discord allows of components, by its reference and its limits; where it does not say how it counts, in UTF-16 units. */
export const LIMITS = {
  parts: 40,
  /** All text displays of a message together. */
  texts: 4000,
  customId: 100,
  buttonsInRow: 5,
  buttonLabel: 80,
  options: 25,
  option: 100,
  placeholder: 150,
  galleryItems: 10,
  description: 1024,
  content: 2000,
  modalTitle: 45,
  modalParts: 5,
  label: 45,
  labelDescription: 100,
  input: 4000,
  inputPlaceholder: 100,
  radios: { least: 2, most: 10 },
  checks: { least: 1, most: 10 },
  files: 10,
} as const;

/** `IS_COMPONENTS_V2` */
export const V2 = 1 << 15;

export const TYPE = {
  row: 1,
  button: 2,
  select: 3,
  input: 4,
  users: 5,
  roles: 6,
  mentionables: 7,
  channels: 8,
  section: 9,
  text: 10,
  thumbnail: 11,
  gallery: 12,
  file: 13,
  separator: 14,
  container: 17,
  label: 18,
  upload: 19,
  radios: 21,
  checks: 22,
  check: 23,
} as const;
