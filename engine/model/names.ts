/** What a name of a definition or item looks like; the schemas write the same. */
export const NAME_PATTERN = '^[a-z][a-z0-9_]{0,39}$'

export const UUID_PATTERN = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
