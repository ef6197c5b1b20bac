/** What a name of a definition or item looks like; the schemas write the same. */
export const NAME_PATTERN = '^[a-z][a-z0-9_]{0,39}$'
