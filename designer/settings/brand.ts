/** Settings that a page of the workspace changes with a preview, for whoever may. */
export const BRAND_SETTINGS: ReadonlySet<string> = new Set(['brand_color', 'logo'])

export const BRAND_ADDRESS = '/brand'
