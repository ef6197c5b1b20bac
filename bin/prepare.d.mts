/** Takes the source maps of packages out of a folder of them; what is linked stays as it is. */
export function dropSourceMaps(folder: string): void
